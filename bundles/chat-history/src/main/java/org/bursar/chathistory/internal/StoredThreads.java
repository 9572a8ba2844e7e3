package org.bursar.chathistory.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.chathistory.ChatMessage;
import org.bursar.chathistory.ChatProblems;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.NewMessage;
import org.bursar.chathistory.NewThread;
import org.bursar.chathistory.ThreadFilter;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.chathistory.Threads;
import org.bursar.chathistory.internal.sql.MessageRow;
import org.bursar.chathistory.internal.sql.ThreadMapper;
import org.bursar.chathistory.internal.sql.ThreadRow;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.Users;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.ThreadId;
import org.bursar.tenancy.Workspaces;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Threads in PostgreSQL. */
@Component(service = Threads.class)
public final class StoredThreads implements Threads {
    /** The schema that this bundle owns. */
    static final String SCHEMA = "chat_history";

    private static final String BY_ACTIVITY = "threads";
    private static final String BY_SEQ = "messages";
    private static final String BY_SEQ_BACKWARDS = "messages-latest";
    /** A page of long messages is cut when it has so many bytes of text. */
    private static final int PAGE_BYTES = 1 << 18;

    /** Later than any activity: where a list of the newest begins. PostgreSQL's own timestamps reach further. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final ThreadId LAST_ID = new ThreadId(new UUID(-1, -1));

    private final Clock clock;
    private final Database database;
    private final Customers customers;
    private final Workspaces workspaces;
    private final Users users;
    private final ThreadMapper mapper;
    private final ReadingLog readings;

    @Activate
    public StoredThreads(
            @Reference Clock clock,
            @Reference Database database,
            @Reference Customers customers,
            @Reference Workspaces workspaces,
            @Reference Users users,
            @Reference Audit audit) {
        this.clock = clock;
        this.database = database;
        this.customers = customers;
        this.workspaces = workspaces;
        this.users = users;
        this.mapper = database.mapper(SCHEMA, ThreadMapper.class);
        this.readings = new ReadingLog(clock, mapper, audit);
    }

    @Override
    public ThreadId open(Scope scope, NewThread thread) {
        return database.transact(scope, () -> {
            customers.require(scope, thread.customer());
            thread.workspace().ifPresent(workspace -> {
                if (workspaces.existing(scope, Set.of(workspace)).isEmpty()) {
                    throw Problems.notFound();
                }
            });
            thread.user().ifPresent(user -> {
                if (users.existing(scope, thread.customer(), Set.of(user)).isEmpty()) {
                    throw Problems.notFound();
                }
            });
            Instant now = clock.instant();
            ThreadId id = ThreadId.next(clock);
            int inserted = mapper.insertThread(
                    scope.tenant(),
                    id,
                    thread.customer(),
                    thread.user().orElse(null),
                    thread.workspace().orElse(null),
                    thread.agent(),
                    thread.externalId().orElse(null),
                    scope.actor().id(),
                    now);
            if (inserted == 0) {
                // only the external id can be there already
                return mapper.byExternalId(
                                scope.tenant(),
                                thread.customer(),
                                thread.externalId().orElseThrow())
                        .orElseThrow(() -> new ProblemException(Problems.CONFLICT, "the thread was erased meanwhile"));
            }
            mapper.count(
                    scope.tenant(),
                    thread.customer(),
                    thread.user().orElse(null),
                    now.atOffset(ZoneOffset.UTC).toLocalDate(),
                    1,
                    0);
            return id;
        });
    }

    @Override
    public ChatThread get(Scope scope, ThreadId thread) {
        return database.transact(scope, () -> {
            ChatThread found =
                    mapper.thread(scope.tenant(), thread).map(ThreadRow::thread).orElseThrow(Problems::notFound);
            if (found.latest().isPresent()) {
                readings.thread(scope, thread, found.customer());
            }
            return found;
        });
    }

    @Override
    public Page<ChatThread> list(Scope scope, ThreadFilter filter, Page.Request page) {
        Instant before = END_OF_TIME;
        ThreadId last = LAST_ID;
        String after = page.after();
        if (after != null) {
            List<String> keys = Cursor.decode(BY_ACTIVITY, 2, after);
            try {
                before = Instant.parse(keys.get(0));
                last = ThreadId.fromString(keys.get(1));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                throw Cursor.bad();
            }
        }
        Instant from = before;
        ThreadId id = last;
        return database.transact(scope, () -> {
            Page<ThreadRow> rows = Page.of(
                    rows(scope, filter, from, id, page.limit() + 1),
                    page,
                    row -> Cursor.encode(BY_ACTIVITY, row.activeAt(), row.threadId()));
            Page<ChatThread> threads = rows.map(ThreadRow::thread);
            if (threads.items().stream().anyMatch(thread -> thread.latest().isPresent())) {
                readings.list(scope, filter.customer());
            }
            return threads;
        });
    }

    private List<ThreadRow> rows(Scope scope, ThreadFilter filter, Instant before, ThreadId last, int limit) {
        Optional<Set<CustomerId>> own = scope.customers();
        Optional<CustomerId> one = filter.customer()
                .or(() -> own.filter(set -> set.size() == 1)
                        .map(set -> set.iterator().next()));
        if (one.isPresent()) {
            filter.customer().ifPresent(customer -> customers.require(scope, customer));
            String pattern = filter.text().map(LikePattern::containing).orElse(null);
            return mapper.ofCustomer(scope.tenant(), one.get(), pattern, before, last, limit);
        }
        if (own.isPresent()) {
            UUID[] ids = own.get().stream().map(CustomerId::uuid).toArray(UUID[]::new);
            return mapper.ofCustomers(scope.tenant(), ids, before, last, limit);
        }
        return mapper.ofTenant(scope.tenant(), before, last, limit);
    }

    @Override
    public ChatThread setStatus(Scope scope, ThreadId thread, ThreadStatus status, long version) {
        return database.transact(scope, () -> {
            ThreadRow row = mapper.lock(scope.tenant(), thread).orElseThrow(Problems::notFound);
            if (version >= 0 && row.version() != version) {
                throw new ProblemException(Problems.STALE, "the thread has version " + row.version());
            }
            if (row.status() != status) {
                mapper.setStatus(scope.tenant(), thread, status, clock.instant());
                readings.audit()
                        .record(
                                scope,
                                "thread.update",
                                thread.toString(),
                                Optional.of(row.customerId()),
                                Map.of("status", row.status().name()),
                                Map.of("status", status.name()));
            }
            return mapper.thread(scope.tenant(), thread)
                    .orElseThrow(Problems::notFound)
                    .thread();
        });
    }

    @Override
    public MessageId append(Scope scope, ThreadId thread, NewMessage message) {
        return database.transact(scope, () -> {
            // the row lock is a statement of its own: what follows then sees what those before us have committed
            ThreadRow row = mapper.lock(scope.tenant(), thread).orElseThrow(Problems::notFound);
            Optional<MessageRow> same =
                    message.externalId().flatMap(id -> mapper.messageByExternalId(scope.tenant(), thread, id));
            if (same.isPresent()) {
                return sameMessage(same.get(), message);
            }
            if (row.status() == ThreadStatus.CLOSED) {
                throw new ProblemException(ChatProblems.THREAD_CLOSED, "a closed thread takes no messages");
            }
            Instant now = clock.instant();
            MessageId id = MessageId.next(clock);
            boolean counts = message.role().counts();
            mapper.advance(scope.tenant(), thread, message.role(), counts ? Excerpt.of(message.content()) : null, now);
            mapper.insertMessage(
                    scope.tenant(),
                    thread,
                    row.lastSeq() + 1,
                    id,
                    row.customerId(),
                    message.role(),
                    message.content(),
                    message.externalId().orElse(null),
                    message.metadata().orElse(null),
                    now);
            if (counts) {
                mapper.count(
                        scope.tenant(),
                        row.customerId(),
                        row.userId(),
                        now.atOffset(ZoneOffset.UTC).toLocalDate(),
                        0,
                        1);
            }
            return id;
        });
    }

    private static MessageId sameMessage(MessageRow there, NewMessage message) {
        if (there.role() != message.role() || !there.content().equals(message.content())) {
            throw new ProblemException(
                    ChatProblems.MESSAGE_DIFFERS, "the thread has another message with this external id");
        }
        return there.messageId();
    }

    @Override
    public ChatMessage appended(Scope scope, ThreadId thread, MessageId message) {
        return database.transact(scope, () -> found(scope, thread, message));
    }

    @Override
    public ChatMessage message(Scope scope, ThreadId thread, MessageId message) {
        return database.transact(scope, () -> {
            ChatMessage found = found(scope, thread, message);
            readings.thread(
                    scope,
                    thread,
                    mapper.thread(scope.tenant(), thread)
                            .orElseThrow(Problems::notFound)
                            .customerId());
            return found;
        });
    }

    private ChatMessage found(Scope scope, ThreadId thread, MessageId message) {
        return mapper.message(scope.tenant(), thread, message)
                .orElseThrow(Problems::notFound)
                .message();
    }

    @Override
    public Page<ChatMessage> messages(Scope scope, ThreadId thread, boolean latestFirst, Page.Request page) {
        String sort = latestFirst ? BY_SEQ_BACKWARDS : BY_SEQ;
        String after = page.after();
        long seq = after == null ? latestFirst ? Long.MAX_VALUE : 0 : seq(sort, after);
        return database.transact(scope, () -> {
            ThreadRow row = mapper.thread(scope.tenant(), thread).orElseThrow(Problems::notFound);
            List<MessageRow> rows = latestFirst
                    ? mapper.messagesBefore(scope.tenant(), thread, seq, page.limit(), PAGE_BYTES)
                    : mapper.messagesAfter(scope.tenant(), thread, seq, page.limit(), PAGE_BYTES);
            if (rows.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            readings.thread(scope, thread, row.customerId());
            // there is no gap in seq, so the last one tells whether any is left
            long last = rows.get(rows.size() - 1).seq();
            boolean more = latestFirst ? last > 1 : last < row.lastSeq();
            return new Page<>(rows.stream().map(MessageRow::message).toList(), more ? Cursor.encode(sort, last) : null);
        });
    }

    private static long seq(String sort, String after) {
        try {
            return Long.parseLong(Cursor.decode(sort, 1, after).get(0));
        } catch (NumberFormatException e) {
            throw Cursor.bad();
        }
    }
}
