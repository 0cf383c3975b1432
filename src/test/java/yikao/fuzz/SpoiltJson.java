package yikao.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import yikao.fuzz.Json.Field;
import yikao.fuzz.Json.Fields;
import yikao.fuzz.Json.Items;
import yikao.fuzz.Json.Literal;

/** Spoils the JSON of a body: its values, its fields, or the text itself. */
final class SpoiltJson {
  private final RandomGenerator random;

  SpoiltJson(RandomGenerator random) {
    this.random = random;
  }

  void spoil(Call call) {
    if (random.nextInt(12) == 0) {
      text(call);
      return;
    }
    var root = Json.of(call.text());
    for (var times = random.nextInt(1, 4); times > 0; times--) {
      var containers = new ArrayList<Json>();
      collect(root, containers);
      switch (containers.isEmpty() ? root : Odd.one(random, containers)) {
        case Fields fields -> call.spoil(fields(fields.all()));
        case Items items -> call.spoil(items(items.all()));
        case Literal _ -> root = odd();
      }
    }
    call.text(root.toString());
  }

  private static void collect(Json json, List<Json> containers) {
    switch (json) {
      case Fields fields -> {
        containers.add(fields);
        fields.all().forEach(f -> collect(f.value(), containers));
      }
      case Items items -> {
        containers.add(items);
        items.all().forEach(i -> collect(i, containers));
      }
      case Literal _ -> {
        // nothing in it
      }
    }
  }

  private Literal odd() {
    return new Literal(Odd.json(random));
  }

  private String fields(List<Field> all) {
    if (all.isEmpty()) {
      all.add(new Field("\"more\"", odd()));
      return "a field in an empty object";
    }
    var at = random.nextInt(all.size());
    var field = all.get(at);
    switch (random.nextInt(9)) {
      case 0 -> all.remove(at);
      case 1 -> all.add(random.nextInt(all.size() + 1), field);
      case 2 -> all.add(random.nextInt(all.size() + 1), new Field(name(field), odd()));
      case 3 -> all.set(at, new Field(name(field), field.value()));
      case 4 -> all.set(at, new Field(field.name(), Odd.one(random, all).value()));
      case 5 ->
          all.set(at, new Field(field.name(), new Items(new ArrayList<>(List.of(field.value())))));
      default -> all.set(at, new Field(field.name(), odd()));
    }
    return "field " + field.name();
  }

  private String name(Field field) {
    return switch (random.nextInt(4)) {
      case 0 -> Json.quoted(Odd.text(random));
      case 1 -> field.name().toUpperCase(Locale.ROOT);
      case 2 -> "\"timelimit\"";
      default -> field.name().replaceFirst(".\"$", "\"");
    };
  }

  private String items(List<Json> all) {
    if (all.isEmpty()) {
      all.add(odd());
      return "an item in an empty list";
    }
    var at = random.nextInt(all.size());
    switch (random.nextInt(6)) {
      case 0 -> all.remove(at);
      case 1 -> all.add(all.get(at));
      case 2 -> {
        for (var times = random.nextInt(1, 300); times > 0; times--) {
          all.add(all.get(at));
        }
      }
      case 3 -> Collections.reverse(all);
      default -> all.set(at, odd());
    }
    return "item " + at;
  }

  /** The text, whatever it says. */
  private void text(Call call) {
    var body = call.body();
    var at = random.nextInt(body.length + 1);
    call.spoil("text at " + at);
    switch (random.nextInt(9)) {
      case 0 -> call.body(Arrays.copyOf(body, at));
      case 1 -> call.body(inserted(body, at, new byte[] {(byte) random.nextInt(256)}));
      case 2 -> call.body(inserted(body, at, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
      case 3 -> call.body(inserted(body, at, new byte[] {(byte) 0xc0, (byte) 0x80}));
      case 4 -> call.text("\ufeff" + call.text());
      case 5 -> call.body(call.text().getBytes(StandardCharsets.UTF_16));
      case 6 -> call.text(call.text() + Odd.json(random));
      case 7 -> call.text(Odd.nested(random));
      default -> call.text(random.nextBoolean() ? Odd.json(random) : " ".repeat(at));
    }
  }

  private static byte[] inserted(byte[] body, int at, byte[] what) {
    var all = new byte[body.length + what.length];
    System.arraycopy(body, 0, all, 0, at);
    System.arraycopy(what, 0, all, at, what.length);
    System.arraycopy(body, at, all, at + what.length, body.length - at);
    return all;
  }
}
