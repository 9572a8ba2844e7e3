package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.mail.Mail;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LowBalanceDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final LowBalances balances = new LowBalances(books.database, books);
    private final LowBalanceMails job = new LowBalanceMails(
            books.database,
            tenants(),
            users(),
            (scope, mail) -> {
                mails.add(mail);
                return MailId.next(books.clock);
            },
            books.clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @SuppressWarnings("unchecked")
    private Users users() {
        return (Users) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    Map<CustomerId, UserSummary> admins = new HashMap<>();
                    ((Collection<CustomerId>) arguments[1])
                            .forEach(customer -> admins.put(
                                    customer,
                                    new UserSummary(UserId.next(books.clock), "Jonas Berg", "jonas@acme.example")));
                    return admins;
                });
    }

    private TenantDirectory tenants() {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId tenant) {
                return true;
            }

            @Override
            public List<TenantId> all() {
                return List.of(books.scope.tenant());
            }
        };
    }

    private void post(CustomerId customer, String amount) {
        books.database.run(
                books.scope,
                () -> books.ledger.post(books.scope, List.of(posting(customer, amount, UUID.randomUUID(), false))));
    }

    @Test
    void theAdminIsToldOnceEachTimeThatTheBalanceFalls() {
        CustomerId customer = books.customerWith("30");
        balances.set(books.scope, customer, new BigDecimal("25"));
        job.run();
        assertThat(mails).isEmpty();
        post(customer, "-6");
        job.run();
        post(customer, "-1");
        job.run();
        assertThat(mails).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("jonas@acme.example");
            assertThat(mail.text())
                    .contains("Hello Jonas Berg")
                    .contains("24.00")
                    .contains("25.00");
            assertThat(mail.customer()).contains(customer);
        });
        post(customer, "20");
        job.run();
        post(customer, "-20");
        job.run();
        assertThat(mails).as("not again within an hour").hasSize(1);
        books.clock.advance(Duration.ofMinutes(61));
        post(customer, "20");
        job.run();
        post(customer, "-20");
        job.run();
        assertThat(mails).hasSize(2);
    }

    @Test
    void anotherAmountIsToldOfAnewAndNoneNotAtAll() {
        CustomerId customer = books.customerWith("10");
        balances.set(books.scope, customer, new BigDecimal("25"));
        job.run();
        balances.set(books.scope, customer, new BigDecimal("25"));
        job.run();
        assertThat(mails).hasSize(1);
        balances.set(books.scope, customer, new BigDecimal("12"));
        job.run();
        assertThat(mails).hasSize(2);
        balances.set(books.scope, customer, null);
        post(customer, "-1");
        job.run();
        assertThat(mails).hasSize(2);
        assertThat(balances.get(books.scope, customer)).isEmpty();
    }

    @Test
    void anothersWalletIsNotThere() {
        CustomerId customer = books.customerWith("10");
        CustomerId other = books.customerWith("10");
        assertThatThrownBy(() -> balances.set(books.scope.only(other), customer, BigDecimal.ONE))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> balances.get(books.scope, CustomerId.next(books.clock)))
                .isInstanceOf(ProblemException.class);
    }
}
