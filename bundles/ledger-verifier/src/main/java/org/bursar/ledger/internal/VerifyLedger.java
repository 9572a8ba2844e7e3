package org.bursar.ledger.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.ledger.LedgerCheck;
import org.jspecify.annotations.Nullable;

/** {@code java -jar ledger-verifier.jar export.ndjson}: whether an exported ledger is what was sealed. */
public final class VerifyLedger {
    static final int SOUND = 0;
    static final int FAULTY = 1;
    static final int NOT_CHECKED = 2;

    private static final int LONGEST_LINE = 65_536;
    private static final String USAGE = """
            java -jar ledger-verifier.jar export.ndjson [--public-key KEY]... [--seal NUMBER:HASH]...
              export.ndjson     what GET /api/v1/ledger/export gave; - reads standard input
              --public-key KEY  accept this key's signatures alone (base 64, as the platform shows it)
              --seal N:HASH     demand this seal, as an earlier check printed it
            Exit status: 0 all is well, 1 something is wrong, 2 nothing was checked.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final AtomicLong faults = new AtomicLong();
    private final LedgerCheck check;
    private @Nullable String file;

    private VerifyLedger(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        check = new LedgerCheck(fault -> {
            faults.incrementAndGet();
            out.println(fault);
        });
    }

    /** Checks and ends with the exit status. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Checks and gives the exit status. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return new VerifyLedger(out, err).run(arguments);
    }

    private int run(List<String> arguments) {
        try {
            read(new ArrayList<>(arguments));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return NOT_CHECKED;
        }
        try (InputStream in = open()) {
            lines(in);
        } catch (IOException e) {
            err.println("cannot be read: " + e);
            return NOT_CHECKED;
        }
        check.finish();
        out.println(check.seals() + " seals, " + check.entries() + " entries, " + check.wallets() + " wallets, "
                + faults + " faults");
        check.signers().forEach(key -> out.println("signed by " + key));
        if (!check.lastSeal().isEmpty()) {
            out.println("last seal " + check.lastSeal());
        }
        return faults.get() == 0 ? SOUND : FAULTY;
    }

    private void read(List<String> arguments) {
        while (!arguments.isEmpty()) {
            String argument = arguments.remove(0);
            if (!argument.startsWith("--")) {
                if (file != null) {
                    throw new IllegalArgumentException("one file at a time");
                }
                file = argument;
            } else if (arguments.isEmpty()) {
                throw new IllegalArgumentException(argument + " needs a value");
            } else {
                option(argument, arguments.remove(0));
            }
        }
        if (file == null) {
            throw new IllegalArgumentException("no file is named");
        }
    }

    private void option(String name, String value) {
        if (name.equals("--public-key")) {
            check.trust(Base64.getDecoder().decode(value));
        } else if (name.equals("--seal") && value.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
            int colon = value.indexOf(':');
            check.expect(Long.parseLong(value.substring(0, colon)), value.substring(colon + 1));
        } else {
            throw new IllegalArgumentException("not an option: " + name + " " + value);
        }
    }

    private InputStream open() throws IOException {
        String name = file;
        return name == null || name.equals("-")
                ? System.in
                : new BufferedInputStream(Files.newInputStream(Path.of(name)));
    }

    /** Lines end with a line feed and nothing else, so that the bytes between them are all looked at. */
    private void lines(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                take(line);
                line.reset();
            } else if (line.size() <= LONGEST_LINE) {
                line.write(b);
            }
        }
        if (line.size() > 0) {
            check.unreadable("the last line has no end");
        }
    }

    private void take(ByteArrayOutputStream bytes) {
        if (bytes.size() > LONGEST_LINE) {
            check.unreadable("longer than any line of an export");
            return;
        }
        try {
            check.line(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            check.unreadable("not UTF-8");
        }
    }
}
