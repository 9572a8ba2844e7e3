package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bursar.identity.internal.Sessions.Begun;
import org.bursar.kernel.Scope;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstStartDbTest {
    private Identity identity;

    @BeforeEach
    void open() {
        identity = new Identity();
    }

    @AfterEach
    void close() {
        identity.close();
    }

    private Path file() {
        return identity.data.resolve("secrets").resolve("first-sign-in");
    }

    @Test
    void theConfiguredAdminIsMadeOnceAndMayEverything() {
        identity.start("Ops@Bursar.example", Identity.PASSWORD);
        identity.start("ops@bursar.example", "Another-Password-1");
        identity.start("other@bursar.example", Identity.PASSWORD);
        Begun begun = identity.sessions.begin(Scope.PLATFORM, "ops@bursar.example", Identity.PASSWORD, "192.0.2.1");
        assertThat(begun.user().mustChangePassword()).isFalse();
        Caller caller = identity.caller(begun.token());
        assertThat(caller.platformAdmin()).isTrue();
        assertThat(caller.may("tenants:write")).isTrue();
        Caller inTenant = identity.authenticator()
                .authenticate(begun.token(), Optional.of(identity.tenant()))
                .orElseThrow();
        assertThat(inTenant.may("api-keys:write")).isTrue();
        refused(
                "bad_credentials",
                () -> identity.sessions.begin(Scope.PLATFORM, "other@bursar.example", Identity.PASSWORD, "192.0.2.1"));
        assertThat(file()).doesNotExist();
    }

    @Test
    void withoutAPasswordALinkIsWrittenOnceReadableByItsOwnerAlone() throws Exception {
        identity.start("", "");
        String first = Files.readString(file());
        assertThat(first)
                .startsWith("http://127.0.0.1:8080/one-time-links/bol_")
                .endsWith("\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        identity.start("", "");
        assertThat(Files.readString(file())).isEqualTo(first);

        Files.delete(file());
        identity.start("", "");
        String second = Files.readString(file());
        assertThat(second).as("a lost link is made anew").isNotEqualTo(first);
        String token = second.strip().substring(second.indexOf("bol_"));
        identity.passwords.setByLink(token, Optional.empty(), Identity.PASSWORD, Identity.ADDRESS);
        assertThat(file()).as("used up").doesNotExist();
        assertThat(identity.sessions.begin(Scope.PLATFORM, "admin@localhost", Identity.PASSWORD, "192.0.2.1"))
                .isNotNull();
        String old = first.strip().substring(first.indexOf("bol_"));
        refused(
                "link_ended",
                () -> identity.passwords.setByLink(old, Optional.empty(), "Another-Password-1", Identity.ADDRESS));
        identity.start("", "");
        assertThat(file()).doesNotExist();
    }

    @Test
    void twoNodesThatStartAtOnceMakeOneAdmin() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        Callable<FirstStart> start = () -> identity.start("ops@bursar.example", Identity.PASSWORD);
        for (var started : threads.invokeAll(List.of(start, start))) {
            started.get();
        }
        threads.shutdown();
        assertThat(identity.accounts
                        .list(
                                Identity.platformAdmin().scope(),
                                Optional.empty(),
                                false,
                                org.bursar.kernel.Page.Request.first())
                        .items())
                .hasSize(1);
    }
}
