package org.bursar.chathistory.internal.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.chathistory.MessageRole;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** Threads, messages, counts and who read them. */
public interface ThreadMapper {
    String THREAD = """
            select thread_id, customer_id, user_id, workspace_id, agent, external_id, status, last_seq, messages,
                   latest_role, latest_excerpt, latest_at, active_at, created_at, updated_at, version
              from chat_history.thread
             where tenant_id = #{tenant}
            """;

    String BEFORE = """
               and (active_at, thread_id) < (#{activeAt}, #{thread})
             order by active_at desc, thread_id desc
             limit #{limit}
            """;

    String MESSAGE = """
            select message_id, thread_id, seq, role, content, external_id, metadata::text as metadata, created_at
              from chat_history.message
             where tenant_id = #{tenant} and thread_id = #{thread}
            """;

    String FILLING = """
            select message_id, thread_id, seq, role, content, external_id, metadata, created_at
              from (select m.*, sum(octet_length(content))
            """;

    String FILLED = " as bytes from (";

    @Insert("""
            insert into chat_history.thread (tenant_id, thread_id, customer_id, user_id, workspace_id, agent, external_id,
                status, active_at, created_by, created_at, updated_at)
            values (#{tenant}, #{thread}, #{customer}, #{user}, #{workspace}, #{agent}, #{externalId},
                'OPEN', #{now}, #{by}, #{now}, #{now})
            on conflict (tenant_id, customer_id, external_id) do nothing
            """)
    int insertThread(
            TenantId tenant,
            ThreadId thread,
            CustomerId customer,
            @Nullable UserId user,
            @Nullable WorkspaceId workspace,
            String agent,
            @Nullable String externalId,
            String by,
            Instant now);

    @Select("""
            select thread_id from chat_history.thread
             where tenant_id = #{tenant} and customer_id = #{customer} and external_id = #{externalId}
            """)
    Optional<ThreadId> byExternalId(TenantId tenant, CustomerId customer, String externalId);

    @Select(THREAD + " and thread_id = #{thread}")
    Optional<ThreadRow> thread(TenantId tenant, ThreadId thread);

    @Select(THREAD + " and thread_id = #{thread} for update")
    Optional<ThreadRow> lock(TenantId tenant, ThreadId thread);

    @Select(THREAD + BEFORE)
    List<ThreadRow> ofTenant(TenantId tenant, Instant activeAt, ThreadId thread, int limit);

    /** One customer's: a statement of its own, since only an equality lets the index give the order. */
    @Select(THREAD + """
               and customer_id = #{customer} and (#{pattern}::text is null or search like #{pattern}::text)
            """ + BEFORE)
    List<ThreadRow> ofCustomer(
            TenantId tenant,
            CustomerId customer,
            @Nullable String pattern,
            Instant activeAt,
            ThreadId thread,
            int limit);

    @Select(THREAD + " and customer_id = any (#{customers}) " + BEFORE)
    List<ThreadRow> ofCustomers(TenantId tenant, UUID[] customers, Instant activeAt, ThreadId thread, int limit);

    @Update("""
            update chat_history.thread set status = #{status}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and thread_id = #{thread}
            """)
    int setStatus(TenantId tenant, ThreadId thread, ThreadStatus status, Instant now);

    /** Takes the next seq of a thread that is locked. The excerpt is null when the message does not count. */
    @Update("""
            update chat_history.thread
               set last_seq = last_seq + 1, updated_at = #{now}, version = version + 1,
                   messages = messages + case when #{excerpt}::text is null then 0 else 1 end,
                   latest_role = case when #{excerpt}::text is null then latest_role else #{role} end,
                   latest_excerpt = coalesce(#{excerpt}::text, latest_excerpt),
                   latest_at = case when #{excerpt}::text is null then latest_at else #{now} end,
                   active_at = greatest(active_at, #{now})
             where tenant_id = #{tenant} and thread_id = #{thread}
            """)
    int advance(TenantId tenant, ThreadId thread, MessageRole role, @Nullable String excerpt, Instant now);

    @Insert("""
            insert into chat_history.message (tenant_id, thread_id, seq, message_id, customer_id, role, content, external_id,
                metadata, created_at)
            values (#{tenant}, #{thread}, #{seq}, #{message}, #{customer}, #{role}, #{content}, #{externalId},
                #{metadata}::jsonb, #{now})
            """)
    int insertMessage(
            TenantId tenant,
            ThreadId thread,
            long seq,
            MessageId message,
            CustomerId customer,
            MessageRole role,
            String content,
            @Nullable String externalId,
            @Nullable String metadata,
            Instant now);

    /** Adds to the day and to the totals. Whoever needs both a thread's row and these locks the thread first. */
    @Insert("""
            with total as (
              insert into chat_history.customer_total as t (tenant_id, customer_id, threads, messages)
              values (#{tenant}, #{customer}, #{threads}, #{messages})
              on conflict (tenant_id, customer_id)
              do update set threads = t.threads + excluded.threads, messages = t.messages + excluded.messages),
            theirs as (
              insert into chat_history.user_total as u (tenant_id, user_id, customer_id, threads, messages)
              select #{tenant}, #{user}::uuid, #{customer}, #{threads}, #{messages} where #{user}::uuid is not null
              on conflict (tenant_id, user_id)
              do update set threads = u.threads + excluded.threads, messages = u.messages + excluded.messages)
            insert into chat_history.customer_day as d (tenant_id, customer_id, day, threads, messages)
            values (#{tenant}, #{customer}, #{day}, #{threads}, #{messages})
            on conflict (tenant_id, customer_id, day)
            do update set threads = d.threads + excluded.threads, messages = d.messages + excluded.messages
            """)
    int count(TenantId tenant, CustomerId customer, @Nullable UserId user, LocalDate day, int threads, int messages);

    @Select(MESSAGE + " and message_id = #{message}")
    Optional<MessageRow> message(TenantId tenant, ThreadId thread, MessageId message);

    @Select(MESSAGE + " and external_id = #{externalId}")
    Optional<MessageRow> messageByExternalId(TenantId tenant, ThreadId thread, String externalId);

    /** At most so many messages, and no further one once their contents fill so many bytes: one long one comes alone. */
    @Select(FILLING + " over (order by seq)" + FILLED + MESSAGE + """
               and seq > #{seq} order by seq limit #{limit}) m) page
             where bytes - octet_length(content) < #{most} order by seq
            """)
    List<MessageRow> messagesAfter(TenantId tenant, ThreadId thread, long seq, int limit, int most);

    /** The same backwards. */
    @Select(FILLING + " over (order by seq desc)" + FILLED + MESSAGE + """
               and seq < #{seq} order by seq desc limit #{limit}) m) page
             where bytes - octet_length(content) < #{most} order by seq desc
            """)
    List<MessageRow> messagesBefore(TenantId tenant, ThreadId thread, long seq, int limit, int most);

    @Select("""
            select customer_id, threads, messages from chat_history.customer_total
             where tenant_id = #{tenant} and customer_id = any (#{customers})
            """)
    List<TotalRow> totals(TenantId tenant, UUID[] customers);

    @Select("""
            select user_id, threads, messages from chat_history.user_total
             where tenant_id = #{tenant} and user_id = any (#{users})
            """)
    List<UserTotalRow> userTotals(TenantId tenant, UUID[] users);

    /** One row when the reader had not read this within the hour, none when they had. */
    @Insert("""
            insert into chat_history.reading as r (tenant_id, subject, reader, hour)
            values (#{tenant}, #{subject}, #{reader}, #{hour})
            on conflict (tenant_id, subject, reader) do update set hour = excluded.hour where r.hour < excluded.hour
            """)
    int markRead(TenantId tenant, String subject, String reader, Instant hour);

    /** Locks a customer's threads in the order of their ids, so that no message is appended while they are erased. */
    @Select("""
            select thread_id from chat_history.thread
             where tenant_id = #{tenant} and customer_id = #{customer} order by thread_id for update
            """)
    List<ThreadId> lockAll(TenantId tenant, CustomerId customer);

    @Delete("""
            with gone as (
              delete from chat_history.reading
               where tenant_id = #{tenant} and subject = any (#{subjects}))
            delete from chat_history.message
             where tenant_id = #{tenant} and thread_id = any (#{threads})
            """)
    int deleteMessages(TenantId tenant, UUID[] threads, String[] subjects);

    @Delete("delete from chat_history.thread where tenant_id = #{tenant} and customer_id = #{customer}")
    int deleteThreads(TenantId tenant, CustomerId customer);

    @Delete("delete from chat_history.user_total where tenant_id = #{tenant} and customer_id = #{customer}")
    int deleteUserTotals(TenantId tenant, CustomerId customer);

    @Delete("delete from chat_history.customer_total where tenant_id = #{tenant} and customer_id = #{customer}")
    int deleteTotal(TenantId tenant, CustomerId customer);
}
