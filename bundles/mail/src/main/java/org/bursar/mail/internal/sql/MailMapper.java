package org.bursar.mail.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The outbox's table. */
public interface MailMapper {
    @Insert("""
            insert into mail.message (tenant_id, mail_id, customer_id, kind, recipient, subject, body, status, attempts,
                next_attempt_at, created_at)
            values (#{tenant}, #{mail}, #{customer}, #{kind}, #{recipient}, #{subject}, #{body}, 'QUEUED', 0,
                #{now}, #{now})
            """)
    int insert(
            TenantId tenant,
            MailId mail,
            @Nullable CustomerId customer,
            String kind,
            byte[] recipient,
            byte[] subject,
            byte[] body,
            Instant now);

    /** Takes the mail that is due the longest and moves its next attempt beyond the time that sending it can take. */
    @Select(value = """
            update mail.message set attempts = attempts + 1, next_attempt_at = #{leaseEnd}
             where tenant_id = #{tenant}
               and mail_id = (
                 select mail_id from mail.message
                  where tenant_id = #{tenant} and status = 'QUEUED' and next_attempt_at <= #{now}
                  order by next_attempt_at, mail_id limit 1
                    for update skip locked)
            returning mail_id, customer_id, kind, recipient, subject, body, status, attempts,
                      failure, created_at, sent_at
            """, affectData = true)
    Optional<MailRow> lease(TenantId tenant, Instant now, Instant leaseEnd);

    /** A server has taken it, whatever another attempt has come to meanwhile. */
    @Update("""
            update mail.message set status = 'SENT', sent_at = #{now}, next_attempt_at = null, failure = null
             where tenant_id = #{tenant} and mail_id = #{mail} and status <> 'SENT'
            """)
    int sent(TenantId tenant, MailId mail, Instant now);

    @Update("""
            update mail.message set next_attempt_at = #{next}, failure = #{failure}
             where tenant_id = #{tenant} and mail_id = #{mail} and status = 'QUEUED' and attempts = #{attempts}
            """)
    int retry(TenantId tenant, MailId mail, int attempts, Instant next, String failure);

    @Update("""
            update mail.message set status = 'FAILED', next_attempt_at = null, failure = #{failure}
             where tenant_id = #{tenant} and mail_id = #{mail} and status = 'QUEUED' and attempts = #{attempts}
            """)
    int failed(TenantId tenant, MailId mail, int attempts, String failure);

    /** There is no mail server: what is due is kept. */
    @Update("""
            update mail.message set status = 'KEPT', next_attempt_at = null
             where tenant_id = #{tenant} and status = 'QUEUED' and next_attempt_at <= #{now}
            """)
    int keep(TenantId tenant, Instant now);

    @Select("""
            select mail_id, customer_id, kind, recipient, null::bytea as subject, null::bytea as body, status, attempts,
                   failure, created_at, sent_at
              from mail.message
             where tenant_id = #{tenant}
             order by mail_id desc limit #{limit}
            """)
    List<MailRow> list(TenantId tenant, int limit);

    @Select("""
            select mail_id, customer_id, kind, recipient, null::bytea as subject, null::bytea as body, status, attempts,
                   failure, created_at, sent_at
              from mail.message
             where tenant_id = #{tenant} and mail_id < #{after}
             order by mail_id desc limit #{limit}
            """)
    List<MailRow> listAfter(TenantId tenant, MailId after, int limit);

    @Select("""
            select mail_id, customer_id, kind, recipient, subject, body, status, attempts, failure, created_at, sent_at
              from mail.message
             where tenant_id = #{tenant} and mail_id = #{mail}
            """)
    Optional<MailRow> find(TenantId tenant, MailId mail);

    /** Removes the texts of mails that are done with since before the given time; so many at most. */
    @Update("""
            update mail.message set subject = null, body = null
             where tenant_id = #{tenant}
               and mail_id in (
                 select mail_id from mail.message
                  where tenant_id = #{tenant} and status <> 'QUEUED' and body is not null
                    and created_at < #{before} and coalesce(sent_at, created_at) < #{before}
                  order by created_at limit #{limit})
            """)
    int removeTexts(TenantId tenant, Instant before, int limit);

    @Select("""
            select count(*) as waiting, min(created_at) as oldest
              from mail.message
             where tenant_id = #{tenant} and status = 'QUEUED'
            """)
    WaitingRow waiting(TenantId tenant);

    @Delete("delete from mail.message where tenant_id = #{tenant} and customer_id = #{customer}")
    int erase(TenantId tenant, CustomerId customer);
}
