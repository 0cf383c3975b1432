package yikao.org;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An organisation.
 *
 * @param kind {@code committee}, {@code general-branch}, {@code branch}, {@code group}, {@code
 *     enterprise}, {@code school}, {@code community}, {@code other}
 * @param state {@code open} or {@code closed}
 * @param parent code of the one above it
 * @param path names from the top down to it
 * @param version what who changes it next has seen
 */
@Serdeable
@Schema(name = "Organisation")
record OrganisationView(
    String code,
    String name,
    String kind,
    String state,
    @Nullable String parent,
    String path,
    int version) {

  static OrganisationView of(Organisation o, OrganisationTree tree) {
    return new OrganisationView(
        o.code(),
        o.name(),
        o.kind().code(),
        o.open() ? OrganisationStore.OPEN : OrganisationStore.CLOSED,
        tree.parentCode(o.code()).orElse(null),
        tree.path(o),
        o.version());
  }
}
