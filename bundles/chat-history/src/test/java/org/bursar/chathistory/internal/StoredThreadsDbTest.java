package org.bursar.chathistory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bursar.chathistory.ChatMessage;
import org.bursar.chathistory.ChatProblems;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.NewMessage;
import org.bursar.chathistory.NewThread;
import org.bursar.chathistory.ThreadFilter;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.identity.UserChats;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads over a real PostgreSQL. */
final class StoredThreadsDbTest {
    private static TestDatabase postgres;

    private final TestClock clock = TestClock.at("2026-11-21T10:15:00Z");
    private final Neighbours neighbours = new Neighbours();
    private final StoredThreads threads = new StoredThreads(
            clock, postgres.database(), neighbours, Neighbours.noWorkspaces(), neighbours.users(), neighbours);
    private final ChatFacts facts = new ChatFacts(postgres.database());
    private final Scope staff = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.USER, "usr_staff", "Mara"));
    private final CustomerId customer = CustomerId.next(clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private ThreadId open(CustomerId whose, String externalId) {
        return threads.open(staff, NewThread.of(whose, "Front desk, Portland", externalId, null, null));
    }

    private MessageId say(ThreadId thread, MessageRole role, String content) {
        clock.advance(Duration.ofSeconds(1));
        return threads.append(staff, thread, NewMessage.of(role, content, null, null));
    }

    private Map<String, Object> factsOf(CustomerId whose) {
        return facts.facts(staff, List.of(whose)).get(whose);
    }

    @Test
    void aThreadShowsItsLatestMessageAndCountsWhatPeopleCallMessages() {
        ThreadId thread = open(customer, "call-1");
        say(thread, MessageRole.SYSTEM, "You are the front desk.");
        say(thread, MessageRole.USER, "Hello");
        say(thread, MessageRole.ASSISTANT, "Good morning,\n how can I help?");
        say(thread, MessageRole.TOOL, "{\"calendar\": []}");

        ChatThread found = threads.get(staff, thread);
        assertThat(found.messages()).isEqualTo(2);
        assertThat(found.latest().orElseThrow().role()).isEqualTo(MessageRole.ASSISTANT);
        assertThat(found.latest().orElseThrow().excerpt()).isEqualTo("Good morning, how can I help?");
        assertThat(factsOf(customer)).containsExactlyInAnyOrderEntriesOf(Map.of("threads", 1L, "messages", 2L));
    }

    @Test
    void aCustomerWithoutThreadsHasZeroOfEach() {
        assertThat(factsOf(CustomerId.next(clock)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("threads", 0L, "messages", 0L));
    }

    @Test
    void whoAThreadIsForHasItsMessagesCountedUntilTheCustomerIsErased() {
        UserId ida = UserId.next(clock);
        UserId ole = UserId.next(clock);
        neighbours.present.add(ida);
        ThreadId first = openFor(ida);
        openFor(ida);
        say(first, MessageRole.USER, "Hello");
        say(first, MessageRole.ASSISTANT, "Good morning");
        say(first, MessageRole.TOOL, "{}");
        say(open(customer, "nobody's"), MessageRole.USER, "Hello");

        assertThat(facts.counts(staff, List.of(ida, ole)))
                .isEqualTo(Map.of(ida, new UserChats.Count(2, 2), ole, new UserChats.Count(0, 0)));
        Scope others = staff.only(CustomerId.next(clock));
        Scope stranger = Scope.of(TenantId.next(clock), staff.actor());
        for (Scope reader : List.of(others, stranger)) {
            assertThat(facts.counts(reader, List.of(ida))).containsEntry(ida, new UserChats.Count(0, 0));
        }

        facts.erased(staff, customer);

        assertThat(left("user_total", customer)).isEqualTo("0");
    }

    private ThreadId openFor(UserId user) {
        return threads.open(staff, NewThread.of(customer, "Front desk, Portland", null, null, user));
    }

    @Test
    void openingTwiceWithOneExternalIdGivesTheSameThreadAndCountsIt() {
        ThreadId first = open(customer, "call-1");
        assertThat(open(customer, "call-1")).isEqualTo(first);
        assertThat(open(CustomerId.next(clock), "call-1")).isNotEqualTo(first);
        assertThat(open(customer, null)).isNotEqualTo(open(customer, null));
        assertThat(factsOf(customer)).containsEntry("threads", 3L);
    }

    @Test
    void appendsAtOnceLeaveNoGapInSeqAndCountExactly() {
        int writers = 8;
        int each = 25;
        List<ThreadId> both = List.of(open(customer, "a"), open(customer, "b"));
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                running.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                threads.append(
                                        staff,
                                        both.get(number % 2),
                                        NewMessage.of(
                                                i % 5 == 0 ? MessageRole.TOOL : MessageRole.USER,
                                                number + "/" + i,
                                                number + "/" + i,
                                                null));
                            }
                        },
                        pool));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            pool.shutdownNow();
        }
        int perThread = writers / 2 * each;
        for (ThreadId thread : both) {
            List<ChatMessage> said = threads.messages(staff, thread, false, new Page.Request(200, null))
                    .items();
            assertThat(said)
                    .extracting(ChatMessage::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, perThread).boxed().toList());
            assertThat(threads.get(staff, thread).messages()).isEqualTo(perThread * 4 / 5);
        }
        assertThat(factsOf(customer)).containsEntry("messages", (long) writers * each * 4 / 5);
    }

    @Test
    void theSameExternalIdAtOnceAppendsOnce() {
        ThreadId thread = open(customer, "a");
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<MessageId> ids = IntStream.range(0, 24)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> threads.append(staff, thread, NewMessage.of(MessageRole.USER, "Hello", "m1", null)),
                            pool))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(Set.copyOf(ids)).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(factsOf(customer)).containsEntry("messages", 1L);
        assertThatThrownBy(() -> threads.append(staff, thread, NewMessage.of(MessageRole.USER, "Good bye", "m1", null)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ChatProblems.MESSAGE_DIFFERS));
    }

    @Test
    void pagesOfMessagesGoForwardAndBackward() {
        ThreadId thread = open(customer, "a");
        for (int i = 1; i <= 5; i++) {
            say(thread, MessageRole.USER, "number " + i);
        }
        Page<ChatMessage> first = threads.messages(staff, thread, false, new Page.Request(2, null));
        Page<ChatMessage> second = threads.messages(staff, thread, false, new Page.Request(2, first.next()));
        Page<ChatMessage> third = threads.messages(staff, thread, false, new Page.Request(2, second.next()));
        assertThat(List.of(first, second, third))
                .flatExtracting(Page::items)
                .extracting(ChatMessage::seq)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(third.next()).isNull();
        Page<ChatMessage> latest = threads.messages(staff, thread, true, new Page.Request(2, null));
        assertThat(latest.items()).extracting(ChatMessage::seq).containsExactly(5L, 4L);
        assertThatThrownBy(() -> threads.messages(staff, thread, false, new Page.Request(2, latest.next())))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aPageOfLongMessagesEndsEarlyAndGoesOn() {
        ThreadId thread = open(customer, "long");
        int count = 6;
        for (int i = 0; i < count; i++) {
            say(thread, MessageRole.ASSISTANT, "x".repeat(NewMessage.MOST_BYTES));
        }
        for (boolean latestFirst : new boolean[] {false, true}) {
            Page<ChatMessage> first = threads.messages(staff, thread, latestFirst, new Page.Request(200, null));
            assertThat(first.items()).hasSize(4);
            Page<ChatMessage> rest = threads.messages(staff, thread, latestFirst, new Page.Request(200, first.next()));
            assertThat(rest.items()).hasSize(2);
            assertThat(rest.next()).isNull();
            assertThat(rest.items().get(1).seq()).isEqualTo(latestFirst ? 1 : count);
        }
    }

    @Test
    void listsShowTheLatestActivityFirstAndPageWithoutRepeating() {
        List<ThreadId> opened =
                IntStream.range(0, 5).mapToObj(i -> open(customer, "call-" + i)).toList();
        opened.forEach(thread -> say(thread, MessageRole.USER, "Hello"));
        say(opened.get(1), MessageRole.ASSISTANT, "Hello again");

        List<ThreadId> seen = new ArrayList<>();
        Page<ChatThread> page = threads.list(staff, ThreadFilter.of(customer), new Page.Request(2, null));
        while (true) {
            page.items().forEach(thread -> seen.add(thread.id()));
            if (page.next() == null) {
                break;
            }
            page = threads.list(staff, ThreadFilter.of(customer), new Page.Request(2, page.next()));
        }
        assertThat(seen).containsExactly(opened.get(1), opened.get(4), opened.get(3), opened.get(2), opened.get(0));
        assertThat(threads.list(staff, ThreadFilter.all(), Page.Request.first()).items())
                .hasSize(5);
        assertThat(threads.list(
                                staff,
                                new ThreadFilter(Optional.of(customer), Optional.of("CALL-3")),
                                Page.Request.first())
                        .items())
                .extracting(ChatThread::id)
                .containsExactly(opened.get(3));
        assertThat(threads.list(
                                staff,
                                new ThreadFilter(Optional.of(customer), Optional.of("call_3")),
                                Page.Request.first())
                        .items())
                .isEmpty();
    }

    @Test
    void anotherTenantAndAnotherCustomerFindNothing() {
        ThreadId thread = open(customer, "call-1");
        MessageId message = say(thread, MessageRole.USER, "secret");
        Scope otherTenant = Scope.of(TenantId.next(clock), staff.actor());
        Scope otherCustomer = staff.only(CustomerId.next(clock));
        for (Scope stranger : List.of(otherTenant, otherCustomer)) {
            List<Runnable> attempts = List.of(
                    () -> threads.get(stranger, thread),
                    () -> threads.messages(stranger, thread, false, Page.Request.first()),
                    () -> threads.message(stranger, thread, message),
                    () -> threads.setStatus(stranger, thread, ThreadStatus.CLOSED, -1),
                    () -> threads.append(stranger, thread, NewMessage.of(MessageRole.USER, "Hi", null, null)));
            for (Runnable attempt : attempts) {
                assertThatThrownBy(attempt::run)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem())
                                        .isEqualTo(Problems.notFound().problem()));
            }
            assertThat(threads.list(stranger, ThreadFilter.all(), Page.Request.first())
                            .items())
                    .isEmpty();
            assertThat(facts.facts(stranger, List.of(customer)).get(customer)).containsEntry("messages", 0L);
        }
        assertThat(threads.get(staff.only(customer), thread).messages()).isEqualTo(1);
    }

    @Test
    void staffWhoReadAreRecordedOnceAnHourAndCustomersAreNot() {
        ThreadId thread = open(customer, "call-1");
        say(thread, MessageRole.USER, "Hello");
        neighbours.audited.clear();
        threads.messages(staff.only(customer), thread, false, Page.Request.first());
        assertThat(neighbours.audited).isEmpty();

        threads.messages(staff, thread, false, Page.Request.first());
        threads.messages(staff, thread, true, Page.Request.first());
        threads.get(staff, thread);
        threads.list(staff, ThreadFilter.of(customer), Page.Request.first());
        threads.list(staff, ThreadFilter.of(customer), Page.Request.first());
        assertThat(neighbours.audited)
                .containsExactly(
                        "thread.read " + thread + " by usr_staff", "thread.list " + customer + " by usr_staff");

        clock.advance(Duration.ofHours(1));
        threads.messages(staff, thread, false, Page.Request.first());
        assertThat(neighbours.audited).hasSize(3);
    }

    @Test
    void aClosedThreadTakesNoMessageButAnswersARetry() {
        ThreadId thread = open(customer, "call-1");
        NewMessage hello = NewMessage.of(MessageRole.USER, "Hello", "m1", null);
        MessageId first = threads.append(staff, thread, hello);
        long version = threads.get(staff, thread).version();
        threads.setStatus(staff, thread, ThreadStatus.CLOSED, version);
        assertThat(threads.append(staff, thread, hello)).isEqualTo(first);
        assertThatThrownBy(() -> say(thread, MessageRole.USER, "More"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ChatProblems.THREAD_CLOSED));
        assertThatThrownBy(() -> threads.setStatus(staff, thread, ThreadStatus.OPEN, version))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.STALE));
        threads.setStatus(staff, thread, ThreadStatus.OPEN, -1);
        say(thread, MessageRole.USER, "More");
    }

    @Test
    void anUnknownCustomerWorkspaceOrUserIsNotFound() {
        CustomerId gone = CustomerId.next(clock);
        neighbours.absent.add(gone);
        assertThatThrownBy(() -> open(gone, "call-1")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        threads.open(staff, NewThread.of(customer, "Front desk", null, WorkspaceId.next(clock), null)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.NOT_FOUND));
    }

    @Test
    void contentComesBackAsItWasSaid() {
        ThreadId thread = open(customer, "call-1");
        String odd = "  <script>alert('x')</script>\u0007 \uD83D\uDE00\n';-- ";
        MessageId id = threads.append(
                staff, thread, NewMessage.of(MessageRole.TOOL, odd, null, "{\"tool\":\"search\",\"n\":1.5}"));
        ChatMessage message = threads.appended(staff, thread, id);
        assertThat(message.content()).isEqualTo(odd);
        assertThat(message.metadata()).contains("{\"n\": 1.5, \"tool\": \"search\"}");
        MessageId longest = threads.append(
                staff, thread, NewMessage.of(MessageRole.USER, "ä".repeat(NewMessage.MOST_BYTES / 2), null, null));
        assertThat(threads.appended(staff, thread, longest).content()).hasSize(NewMessage.MOST_BYTES / 2);
    }

    @Test
    void erasureTakesChatsAndLeavesNumbersOfDays() {
        ThreadId thread = open(customer, "call-1");
        say(thread, MessageRole.USER, "Hello");
        CustomerId other = CustomerId.next(clock);
        say(open(other, "call-1"), MessageRole.USER, "Hello");
        threads.get(staff, thread);

        facts.erased(staff, customer);

        assertThatThrownBy(() -> threads.get(staff, thread)).isInstanceOf(ProblemException.class);
        assertThat(factsOf(customer)).containsEntry("threads", 0L);
        assertThat(factsOf(other)).containsExactlyInAnyOrderEntriesOf(Map.of("threads", 1L, "messages", 1L));
        assertThat(left("message", customer)).isEqualTo("0");
        assertThat(left("thread", customer)).isEqualTo("0");
        assertThat(left("customer_day", customer)).isEqualTo("1");
    }

    /** Counts as the owner, who is held by the policies like everybody and so names the tenant first. */
    private String left(String table, CustomerId whose) {
        return postgres.queryAsOwner("with t as (select set_config('app.tenant', '"
                + staff.tenant().uuid() + "', false) as tenant) select (select count(*) from chat_history." + table
                + " where customer_id = '" + whose.uuid() + "' and tenant_id = t.tenant::uuid) from t");
    }
}
