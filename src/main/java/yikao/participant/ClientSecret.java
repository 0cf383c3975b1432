package yikao.participant;

import java.util.regex.Pattern;

/**
 * The rule for secrets that clients make themselves. Whoever guesses one is that participant, so it
 * has to be random: a UUID of version 4 or 7, or 128 bits or more as base64url (22 to {@value
 * #LONGEST} characters) or as hexadecimal digits (from 32). Whether it was really made at random
 * cannot be seen; what was typed in, counted up or repeated is refused.
 */
final class ClientSecret {
  private static final int LONGEST = 200;

  /** Practically no random one has fewer. */
  private static final int FEWEST_DIFFERENT = 6;

  private static final Pattern ANY_UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final Pattern RANDOM_UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-[47]\\p{XDigit}{3}-[89abAB]\\p{XDigit}{3}-\\p{XDigit}{12}");
  private static final Pattern HEXADECIMAL = Pattern.compile("\\p{XDigit}+");
  private static final Pattern BASE64URL =
      Pattern.compile("[A-Za-z0-9_-]{22," + LONGEST + "}={0,2}");

  private ClientSecret() {}

  /** Whether a secret may do. */
  static boolean isHardToGuess(String secret) {
    return isLongEnough(secret)
        && secret.chars().distinct().count() >= FEWEST_DIFFERENT
        && !isRepeated(secret);
  }

  private static boolean isLongEnough(String secret) {
    if (ANY_UUID.matcher(secret).matches()) {
      return RANDOM_UUID.matcher(secret).matches();
    }
    return BASE64URL.matcher(secret).matches()
        && (secret.length() >= 32 || !HEXADECIMAL.matcher(secret).matches());
  }

  /** Whether it is a shorter text over and over, or half of it once more. */
  private static boolean isRepeated(String secret) {
    for (var length = 1; length <= secret.length() * 2 / 3; length++) {
      if (secret.startsWith(secret.substring(length))) {
        return true;
      }
    }
    return false;
  }
}
