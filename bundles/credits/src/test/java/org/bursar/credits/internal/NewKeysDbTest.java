package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.util.List;
import java.util.UUID;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.CustomerId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Postings under keys that the caller says are new: believed, but not at the price of posting one twice. */
final class NewKeysDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void newKeysArePostedInManyWalletsAtOnce() {
        CustomerId one = books.customerWith("10");
        CustomerId other = books.customerWith("20");
        List<PostResult> results = books.ledger.postNew(
                books.scope,
                List.of(
                        posting(one, "-1.5", UUID.randomUUID(), false),
                        posting(other, "-2", UUID.randomUUID(), false),
                        posting(one, "-0.5", UUID.randomUUID(), false)));
        assertThat(results)
                .hasSize(3)
                .allMatch(result -> result instanceof PostResult.Posted posted && !posted.before());
        assertThat(books.balance(one).balance()).isEqualByComparingTo("8");
        assertThat(books.balance(other).balance()).isEqualByComparingTo("18");
        assertThat(books.verify().sound()).isTrue();
    }

    @Test
    void aKeyThatIsThereAllTheSameFailsTheCallAndNothingOfItIsPosted() {
        CustomerId one = books.customerWith("10");
        CustomerId other = books.customerWith("20");
        Posting known = posting(one, "-1", UUID.randomUUID(), false);
        books.post(known);
        assertThatThrownBy(() -> books.ledger.postNew(
                        books.scope, List.of(posting(other, "-2", UUID.randomUUID(), false), known)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.duplicate("entry_once")).isTrue());
        assertThat(books.balance(one).balance()).isEqualByComparingTo("9");
        assertThat(books.balance(other).balance()).isEqualByComparingTo("20");
        assertThat(books.verify().sound()).isTrue();
    }
}
