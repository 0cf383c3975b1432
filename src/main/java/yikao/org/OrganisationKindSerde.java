package yikao.org;

import jakarta.inject.Singleton;
import yikao.web.EnumSerde;

/** How the API writes kinds of organisations. */
@Singleton
final class OrganisationKindSerde extends EnumSerde<OrganisationKind> {
  OrganisationKindSerde() {
    super(OrganisationKind.values());
  }
}
