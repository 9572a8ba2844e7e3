package org.bursar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.bursar.database.DatabaseAddress;
import org.junit.jupiter.api.Test;

class TestPostgresDbTest {
    @Test
    void everyCallGivesAnEmptyDatabaseOfItsOwn() {
        try (TestDatabase first = TestDatabase.fresh();
                TestDatabase second = TestDatabase.fresh()) {
            first.executeAsOwner("create schema s");

            String schemas = "select count(*) from pg_catalog.pg_namespace where nspname = 's'";
            assertThat(first.queryAsOwner(schemas)).isEqualTo("1");
            assertThat(second.queryAsOwner(schemas)).isEqualTo("0");
        }
    }

    @Test
    void theServiceWorksAsTheApplicationsRole() {
        try (TestDatabase test = TestDatabase.fresh()) {
            DatabaseAddress address = test.address();

            assertThat(test.database().withoutTenant(test.database()::inTransaction))
                    .isTrue();
            assertThat(address.application().user()).isEqualTo("bursar_app");
            assertThat(test.queryAsOwner("select current_user")).isEqualTo("bursar_owner");
        }
    }

    @Test
    void passwordsDoNotShowInTheTextOfALogin() {
        DatabaseAddress address = TestPostgres.freshDatabase();

        assertThat(address.toString()).doesNotContain(address.owner().password());
    }
}
