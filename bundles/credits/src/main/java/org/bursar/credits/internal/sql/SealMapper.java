package org.bursar.credits.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/** Statements over the tables of seals, and over entries for their sake. */
public interface SealMapper {
    /** The key that signs now. */
    @Select("""
            select generation, key_id, public_key, private_key
              from credits.seal_key
             where tenant_id = #{platform}
             order by generation desc
             limit 1
            """)
    Optional<SealKeyRow> currentKey(TenantId platform);

    /** Every key, the oldest first. */
    @Select("""
            select generation, key_id, public_key, private_key
              from credits.seal_key
             where tenant_id = #{platform}
             order by generation
            """)
    List<SealKeyRow> keys(TenantId platform);

    /** Adds a key, unless another node has added that generation. */
    @Insert("""
            insert into credits.seal_key (tenant_id, generation, key_id, public_key, private_key, created_at)
            values (#{platform}, #{generation}, #{keyId}, #{publicKey}, #{privateKey}, #{now})
            on conflict (tenant_id, generation) do nothing
            """)
    int addKey(TenantId platform, int generation, String keyId, byte[] publicKey, byte[] privateKey, Instant now);

    @Insert("""
            insert into credits.sealing (tenant_id, reason_key, created_at)
            values (#{tenant}, #{reasonKey}, #{now})
            on conflict (tenant_id) do nothing
            """)
    int begin(TenantId tenant, byte[] reasonKey, Instant now);

    @Select("select reason_key from credits.sealing where tenant_id = #{tenant}")
    Optional<ReasonKeyRow> reasonKey(TenantId tenant);

    /** Locks the tenant's turn to seal; empty when another has it. */
    @Select("""
            select reason_key
              from credits.sealing
             where tenant_id = #{tenant}
               for update skip locked
            """)
    Optional<ReasonKeyRow> lock(TenantId tenant);

    /**
     * Whether there may be anything to seal. Numbers of entries are without a gap, so their sum says how many there are; this
     * reads one table and joins none, since most turns end here.
     */
    @Select("""
            select (select coalesce(sum(last_seq), 0) from credits.wallet where tenant_id = #{tenant})
                   <> coalesce((select first_entry + entries - 1 from credits.seal where tenant_id = #{tenant}
                                 order by number desc limit 1), 0)
            """)
    boolean anything(TenantId tenant);

    /**
     * What is not sealed. A wallet's entries are numbered without a gap under the lock of its row, which also has the last
     * number and is committed with them; so whoever sees the number sees all entries up to it. Times would not do: an entry
     * may be committed after a later one.
     */
    @Select("""
            select w.wallet_id as customer, coalesce(s.sealed_seq, 0) + 1 as from_seq, w.last_seq as to_seq
              from credits.wallet w
              left join credits.sealed_wallet s on s.tenant_id = #{tenant} and s.wallet_id = w.wallet_id
             where w.tenant_id = #{tenant} and w.last_seq > coalesce(s.sealed_seq, 0)
               and w.wallet_id <> all (#{passedOver})
             order by w.wallet_id
             limit #{limit}
            """)
    List<EntryRange> unsealed(TenantId tenant, UUID[] passedOver, int limit);

    /** The entries of ranges, in the order of the ranges; place is the number of the range, from 1. */
    @Select("""
            select r.place::int as place, e.wallet_id as customer, e.seq, e.amount, e.balance_after, e.contra, e.kind,
                   e.reference, e.reason, e.idempotency_key, e.created_at
              from unnest(#{wallets}, #{froms}, #{tos}) with ordinality as r (wallet_id, from_seq, to_seq, place)
              join credits.entry e on e.tenant_id = #{tenant} and e.wallet_id = r.wallet_id
                                  and e.seq between r.from_seq and r.to_seq
             order by r.place, e.seq
            """)
    List<LeafRow> entries(TenantId tenant, UUID[] wallets, Long[] froms, Long[] tos);

    @Select("""
            select 0 as place, wallet_id as customer, seq, amount, balance_after, contra, kind, reference, reason,
                   idempotency_key, created_at
              from credits.entry
             where tenant_id = #{tenant} and wallet_id = #{customer} and seq = #{seq}
            """)
    Optional<LeafRow> entry(TenantId tenant, CustomerId customer, long seq);

    @Select("""
            select number, wallet_id as customer, from_seq, to_seq, first_leaf
              from credits.seal_part
             where tenant_id = #{tenant} and number = #{number}
             order by first_leaf
            """)
    List<PartRow> parts(TenantId tenant, long number);

    /** The part that the entry is in, if it is in any: the caller looks whether it reaches so far. */
    @Select("""
            select number, wallet_id as customer, from_seq, to_seq, first_leaf
              from credits.seal_part
             where tenant_id = #{tenant} and wallet_id = #{customer} and from_seq <= #{seq}
             order by from_seq desc
             limit 1
            """)
    Optional<PartRow> part(TenantId tenant, CustomerId customer, long seq);

    @Select("""
            select number, first_entry, entries, root, previous, sealed_at, key_id, signature
              from credits.seal
             where tenant_id = #{tenant} and number = #{number}
            """)
    Optional<SealRow> seal(TenantId tenant, long number);

    /** Seals before a number, newest first. */
    @Select("""
            select number, first_entry, entries, root, previous, sealed_at, key_id, signature
              from credits.seal
             where tenant_id = #{tenant} and number < #{before}
             order by number desc
             limit #{limit}
            """)
    List<SealRow> newest(TenantId tenant, long before, int limit);

    /** The seal after a number. */
    @Select("""
            select number, first_entry, entries, root, previous, sealed_at, key_id, signature
              from credits.seal
             where tenant_id = #{tenant} and number > #{after}
             order by number
             limit 1
            """)
    Optional<SealRow> next(TenantId tenant, long after);

    @Select("select leaves from credits.seal where tenant_id = #{tenant} and number = #{number}")
    Optional<LeavesRow> leaves(TenantId tenant, long number);

    @Insert("""
            insert into credits.seal (tenant_id, number, first_entry, entries, root, previous, sealed_at, key_id,
                                      signature, leaves)
            values (#{tenant}, #{seal.number}, #{seal.firstEntry}, #{seal.entries}, #{seal.root}, #{seal.previous},
                    #{seal.sealedAt}, #{seal.keyId}, #{seal.signature}, #{leaves})
            """)
    int insert(TenantId tenant, SealRow seal, byte[] leaves);

    @Insert("""
            insert into credits.seal_part (tenant_id, wallet_id, from_seq, to_seq, number, first_leaf)
            select #{tenant}, p.wallet_id, p.from_seq, p.to_seq, #{number}, p.first_leaf
              from unnest(#{wallets}, #{froms}, #{tos}, #{firstLeaves})
                   as p (wallet_id, from_seq, to_seq, first_leaf)
            """)
    int insertParts(TenantId tenant, long number, UUID[] wallets, Long[] froms, Long[] tos, Integer[] firstLeaves);

    /** Marks how far wallets are sealed. A mark never goes back; one that would is left out, and the count tells. */
    @Insert("""
            insert into credits.sealed_wallet as former (tenant_id, wallet_id, sealed_seq)
            select #{tenant}, p.wallet_id, p.to_seq
              from unnest(#{wallets}, #{tos}) as p (wallet_id, to_seq)
            on conflict (tenant_id, wallet_id) do update
              set sealed_seq = excluded.sealed_seq
            where former.sealed_seq < excluded.sealed_seq
            """)
    int mark(TenantId tenant, UUID[] wallets, Long[] tos);

    /** Wallets of which some entry is in no seal or in two, although it is marked as sealed. */
    @Select("""
            select customer, found, expected
              from (select wallet_id as customer, from_seq as found,
                           coalesce(lag(to_seq) over (partition by wallet_id order by from_seq), 0) + 1 as expected
                      from credits.seal_part
                     where tenant_id = #{tenant}) steps
             where found <> expected
            union all
            select s.wallet_id, s.sealed_seq, coalesce(p.to_seq, 0)
              from credits.sealed_wallet s
              left join (select wallet_id, max(to_seq) as to_seq
                           from credits.seal_part
                          where tenant_id = #{tenant}
                          group by wallet_id) p on p.wallet_id = s.wallet_id
             where s.tenant_id = #{tenant} and s.sealed_seq <> coalesce(p.to_seq, 0)
             limit #{limit}
            """)
    List<OddPart> oddParts(TenantId tenant, int limit);
}
