package yikao.sitting;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;
import yikao.web.QrImage;

/**
 * Where phones find a session; known only where the operator has said how they reach the service.
 */
@Singleton
final class JoinAddress {
  private final String publicAddress;

  JoinAddress(@Value("${yikao.public-address:}") String publicAddress) {
    this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
  }

  /** The picture of the address of a code. */
  Optional<QrImage> image(Sitting sitting) {
    return publicAddress.isEmpty()
        ? Optional.empty()
        : sitting.code().map(code -> QrImage.of(publicAddress + "/s/" + code));
  }

  /** The address to be typed; absent where none was set. */
  Optional<String> typed() {
    return publicAddress.isEmpty()
        ? Optional.empty()
        : Optional.of(publicAddress.replaceAll("^https?://", "") + "/s");
  }
}
