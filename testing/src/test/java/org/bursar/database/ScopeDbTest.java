package org.bursar.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeDbTest {
    private static final Actor TEST = Actor.system("test");
    private static TestDatabase postgres;
    private static Database database;
    private static NoteMapper notes;

    private final Scope ours = Scope.of(TenantId.next(Clock.systemUTC()), TEST);
    private final Scope theirs = Scope.of(TenantId.next(Clock.systemUTC()), TEST);
    private final CustomerId acme = CustomerId.next(Clock.systemUTC());
    private final CustomerId globex = CustomerId.next(Clock.systemUTC());

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        database = postgres.database();
        notes = database.mapper("probe", NoteMapper.class);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void fill() {
        database.run(ours, () -> {
            notes.insert(ours.tenant(), UUID.randomUUID(), acme, "acme");
            notes.insert(ours.tenant(), UUID.randomUUID(), globex, "globex");
        });
        database.run(theirs, () -> notes.insert(theirs.tenant(), UUID.randomUUID(), acme, "canary"));
    }

    private static List<String> visible(Scope scope) {
        return database.transact(scope, notes::allThatIsVisible);
    }

    @Test
    void aStatementThatForgotTheTenantSeesOnlyItsOwn() {
        assertThat(visible(ours)).containsExactly("acme", "globex");
        assertThat(visible(theirs)).containsExactly("canary");
    }

    @Test
    void aScopeLimitedToACustomerSeesOnlyThatOne() {
        assertThat(visible(ours.only(globex))).containsExactly("globex");
        assertThat(visible(theirs.only(globex))).isEmpty();
    }

    @Test
    void withoutATenantNothingIsVisible() {
        assertThat(database.withoutTenant(notes::allThatIsVisible)).isEmpty();
    }

    @Test
    void aPooledConnectionKeepsNothingOfTheLastScope() {
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> database.run(ours, () -> notes.divide(0))).isInstanceOf(DatabaseException.class);
            assertThat(database.withoutTenant(notes::allThatIsVisible)).isEmpty();
        }
    }

    @Test
    void aRowOfAnotherTenantCannotBeWritten() {
        DatabaseException refusal = catchThrowableOfType(
                DatabaseException.class,
                () -> database.run(ours, () -> notes.insert(theirs.tenant(), UUID.randomUUID(), acme, "smuggled")));
        assertThat(refusal.sqlState()).isEqualTo("42501");
    }

    @Test
    void anInnerScopeHoldsForTheInnerCallAlone() {
        List<List<String>> seen = new ArrayList<>();
        database.run(ours.only(acme), () -> {
            seen.add(notes.allThatIsVisible());
            seen.add(visible(ours));
            seen.add(visible(theirs));
            seen.add(notes.allThatIsVisible());
        });
        assertThat(seen)
                .containsExactly(List.of("acme"), List.of("acme", "globex"), List.of("canary"), List.of("acme"));
    }

    @Test
    void whatAnInnerCallThrowsUndoesTheWholeEvenIfItIsCaught() {
        assertThatThrownBy(() -> database.run(ours, () -> {
                    notes.insert(ours.tenant(), UUID.randomUUID(), acme, "undone");
                    try {
                        database.run(ours, () -> {
                            throw new IllegalArgumentException("inner");
                        });
                    } catch (IllegalArgumentException e) {
                        // the caller goes on as if nothing had happened
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(visible(ours)).doesNotContain("undone");
    }

    @Test
    void actionsAfterTheCommitRunOnlyWhenThereIsOne() {
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> database.run(ours, () -> {
                    database.afterCommit(() -> ran.set(true));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ran).isFalse();
        database.run(ours, () -> database.afterCommit(() -> ran.set(!database.inTransaction())));
        assertThat(ran).isTrue();
    }

    @Test
    void aUniqueViolationNamesItsConstraint() {
        UUID id = UUID.randomUUID();
        DatabaseException refusal = catchThrowableOfType(
                DatabaseException.class,
                () -> database.run(ours, () -> {
                    notes.insert(ours.tenant(), id, acme, "once");
                    notes.insert(ours.tenant(), id, acme, "twice");
                }));
        assertThat(refusal.duplicate("note_pkey")).isTrue();
        assertThat(refusal.unavailable()).isFalse();
    }

    @Test
    void recordsAndTypedIdsComeBackAsTheyWent() {
        UUID id = UUID.randomUUID();
        database.run(ours, () -> notes.insert(ours.tenant(), id, acme, "typed"));
        assertThat(database.transact(ours, () -> notes.find(id)))
                .isEqualTo(new NoteMapper.Note(ours.tenant(), acme, "typed"));
    }

    @Test
    void aMapperOutsideATransactionFails() {
        assertThatThrownBy(notes::allThatIsVisible).isInstanceOf(IllegalStateException.class);
    }
}
