package org.bursar.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an exported ledger, which is NDJSON: a {@link Header}, the {@link Key}s, then each {@link Sealed} followed by its
 * {@link Entry} lines in the order of the leaves, and an {@link End}.
 */
public sealed interface LedgerLine {
    /** The version of the export's form. */
    int VERSION = 1;

    /** As it is written, without the line's end. The same line is always written in the same way. */
    String text();

    /** Which tenant's ledger it is. */
    record Header(String tenant) implements LedgerLine {
        public Header {
            SealedEntry.requireId(tenant);
        }

        @Override
        public String text() {
            return new Line("ledger")
                    .number("version", VERSION)
                    .text("tenant", tenant)
                    .end();
        }
    }

    /** A public key, in its X.509 form. */
    record Key(byte[] publicKey) implements LedgerLine {
        @Override
        public String text() {
            return new Line("key")
                    .text("id", SealKeys.id(publicKey))
                    .text("publicKey", Base64.getEncoder().encodeToString(publicKey))
                    .end();
        }
    }

    /** A seal with its signature. */
    record Sealed(Seal seal, byte[] signature) implements LedgerLine {
        @Override
        public String text() {
            return new Line("seal")
                    .number("number", seal.number())
                    .number("first", seal.first())
                    .number("leaves", seal.leaves())
                    .text("root", seal.root())
                    .text("previous", seal.previous())
                    .text("sealedAt", seal.sealedAt().toString())
                    .text("keyId", seal.keyId())
                    .text("signature", Base64.getEncoder().encodeToString(signature))
                    .end();
        }
    }

    /**
     * An entry.
     *
     * @param reason the words; null without a reason or when they were erased
     * @param salt what the commitment to the reason is made with; null without words
     * @param leaf the hash that the platform has kept of the entry since it was sealed, in hex
     */
    record Entry(
            SealedEntry entry,
            @Nullable String reason,
            @Nullable String salt,
            String leaf) implements LedgerLine {
        public Entry {
            if (!Sha256.isHex(leaf, Sha256.BYTES)) {
                throw new IllegalArgumentException("leaf is 64 hex digits");
            }
            if ((reason == null) != (salt == null)) {
                throw new IllegalArgumentException("a reason has a salt, and nothing else has");
            }
            if (salt != null && !Sha256.isHex(salt, Sha256.BYTES)) {
                throw new IllegalArgumentException("the salt of a reason is 64 hex digits");
            }
        }

        /** Whether the words are those that the entry is committed to; yes when there are none to be compared. */
        public boolean reasonFits() {
            return reason == null || salt == null || Reasons.hash(salt, reason).equals(entry.reasonHash());
        }

        @Override
        public String text() {
            return new Line("entry")
                    .text("wallet", entry.wallet())
                    .number("seq", entry.seq())
                    .text("amount", decimal(entry.amount()))
                    .text("balanceAfter", decimal(entry.balanceAfter()))
                    .number("contra", entry.contra())
                    .number("kind", entry.kind())
                    .text("reference", entry.reference())
                    .text("reason", reason)
                    .text("reasonSalt", salt)
                    .text("reasonHash", entry.reasonHash())
                    .text("key", entry.key().toString())
                    .text("createdAt", entry.createdAt().toString())
                    .text("leaf", leaf)
                    .end();
        }
    }

    /** What came before: without it an export is cut off. */
    record End(long seals, long entries) implements LedgerLine {
        @Override
        public String text() {
            return new Line("end")
                    .number("seals", seals)
                    .number("entries", entries)
                    .end();
        }
    }

    /** At least two places, no zeros beyond, as amounts look everywhere. */
    private static String decimal(BigDecimal amount) {
        BigDecimal bare = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        return (bare.scale() < 2 ? bare.setScale(2, RoundingMode.UNNECESSARY) : bare).toPlainString();
    }

    /**
     * Reads a line. What is written in any other way than {@link #text} would write it is refused too, so that a changed byte
     * is always seen.
     *
     * @param tenant whose ledger it is; the header says so, and for it this is not looked at
     * @throws IllegalArgumentException when it is no line of an export
     */
    static LedgerLine parse(String text, String tenant) {
        Fields fields = Fields.parse(text);
        String type = fields.text("type");
        LedgerLine line;
        try {
            line = switch (type) {
                case "ledger" -> header(fields);
                case "key" -> key(fields);
                case "seal" -> sealed(fields, tenant);
                case "entry" -> entry(fields, tenant);
                case "end" -> new End(fields.number("seals"), fields.number("entries"));
                default -> throw new IllegalArgumentException("no line of an export has the type " + type);
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time: " + e.getParsedString(), e);
        }
        fields.nothingElse();
        if (!line.text().equals(text)) {
            throw new IllegalArgumentException("not written as the platform writes it");
        }
        return line;
    }

    private static Header header(Fields fields) {
        if (fields.number("version") != VERSION) {
            throw new IllegalArgumentException("this program reads version " + VERSION + " alone");
        }
        return new Header(fields.text("tenant"));
    }

    private static Key key(Fields fields) {
        byte[] publicKey = Base64.getDecoder().decode(fields.text("publicKey"));
        if (!fields.text("id").equals(SealKeys.id(publicKey))) {
            throw new IllegalArgumentException("the key has another id");
        }
        return new Key(publicKey);
    }

    private static Sealed sealed(Fields fields, String tenant) {
        Seal seal = new Seal(
                tenant,
                fields.number("number"),
                fields.number("first"),
                fields.small("leaves"),
                fields.text("root"),
                fields.text("previous"),
                Instant.parse(fields.text("sealedAt")),
                fields.text("keyId"));
        return new Sealed(seal, Base64.getDecoder().decode(fields.text("signature")));
    }

    private static Entry entry(Fields fields, String tenant) {
        SealedEntry entry = new SealedEntry(
                tenant,
                fields.text("wallet"),
                fields.number("seq"),
                new BigDecimal(fields.text("amount")),
                new BigDecimal(fields.text("balanceAfter")),
                fields.small("contra"),
                fields.small("kind"),
                fields.optionalText("reference").orElse(null),
                fields.optionalText("reasonHash").orElse(null),
                UUID.fromString(fields.text("key")),
                Instant.parse(fields.text("createdAt")));
        return new Entry(
                entry,
                fields.optionalText("reason").orElse(null),
                fields.optionalText("reasonSalt").orElse(null),
                fields.text("leaf"));
    }
}
