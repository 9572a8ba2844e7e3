package org.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bursar.ledger.Export.Amount;
import org.junit.jupiter.api.Test;

final class LedgerCheckTest {
    private final List<String> faults = new ArrayList<>();
    private final LedgerCheck check = new LedgerCheck(fault -> faults.add(fault.toString()));

    private static Export export() {
        return new Export()
                .seal(
                        new Amount(Export.ACME, "500"),
                        new Amount(Export.ACME, "-8.5", "goodwill of \"June\"\n— see mail"),
                        new Amount(Export.BOLT, "0.000001"))
                .seal(new Amount(Export.BOLT, "-1"), new Amount(Export.ACME, "-0.5"))
                .seal(new Amount(Export.ACME, "-0.5", "again"));
    }

    private void read(Export export) {
        export.lines.forEach(line -> check.line(line.text()));
        check.finish();
    }

    private static void change(Export export, int line, UnaryOperator<SealedEntry> change, boolean leafToo) {
        LedgerLine.Entry entry = (LedgerLine.Entry) export.lines.get(line);
        SealedEntry changed = change.apply(entry.entry());
        String leaf = leafToo ? Sha256.hex(changed.leafHash()) : entry.leaf();
        export.lines.set(line, new LedgerLine.Entry(changed, entry.reason(), entry.salt(), leaf));
    }

    private static SealedEntry ofKind(SealedEntry entry, int kind) {
        return new SealedEntry(
                entry.tenant(),
                entry.wallet(),
                entry.seq(),
                entry.amount(),
                entry.balanceAfter(),
                entry.contra(),
                kind,
                entry.reference(),
                entry.reasonHash(),
                entry.key(),
                entry.createdAt());
    }

    @Test
    void whatWasSealedIsSound() {
        read(export().end());
        assertThat(faults).isEmpty();
        assertThat(check.seals()).isEqualTo(3);
        assertThat(check.entries()).isEqualTo(6);
        assertThat(check.wallets()).isEqualTo(2);
    }

    @Test
    void anEmptyLedgerIsSound() {
        read(new Export().end());
        assertThat(faults).isEmpty();
    }

    @Test
    void aChangedEntryIsNamed() {
        Export export = export().end();
        change(export, 4, entry -> ofKind(entry, 9), false);
        read(export);
        assertThat(faults)
                .containsExactly(
                        "line 5: wallet " + Export.ACME + ", entry 2: is not what was sealed",
                        "line 7: the entries 1 to 3 of the ledger are not those of seal 1");
    }

    @Test
    void whoAlsoChangesTheHashThatIsKeptIsFoundByTheRoot() {
        Export export = export().end();
        change(export, 4, entry -> ofKind(entry, 9), true);
        read(export);
        assertThat(faults).containsExactly("line 7: the entries 1 to 3 of the ledger are not those of seal 1");
    }

    @Test
    void aReasonThatWasChangedIsNamed() {
        Export export = export().end();
        LedgerLine.Entry entry = (LedgerLine.Entry) export.lines.get(4);
        export.lines.set(4, new LedgerLine.Entry(entry.entry(), "goodwill", entry.salt(), entry.leaf()));
        read(export);
        assertThat(faults)
                .containsExactly(
                        "line 5: wallet " + Export.ACME + ", entry 2: has another reason than what was sealed");
    }

    @Test
    void aReasonThatWasErasedLeavesTheSealAsItWas() {
        Export export = export().end();
        LedgerLine.Entry entry = (LedgerLine.Entry) export.lines.get(4);
        export.lines.set(4, new LedgerLine.Entry(entry.entry(), null, null, entry.leaf()));
        read(export);
        assertThat(faults).isEmpty();
    }

    @Test
    void entriesThatChangedPlacesAreFound() {
        Export export = export().end();
        Collections.swap(export.lines, 3, 5);
        read(export);
        assertThat(faults).anyMatch(fault -> fault.endsWith("are not those of seal 1"));
    }

    @Test
    void aMissingEntryIsFound() {
        Export export = export().end();
        export.lines.remove(4);
        read(export);
        assertThat(faults)
                .anyMatch(fault -> fault.endsWith("seal 1 seals 3 entries, and 2 are there"))
                .anyMatch(fault -> fault.contains("wallet " + Export.ACME + ", entry 3: is where entry 2 must be"));
    }

    @Test
    void aMissingSealIsFound() {
        Export export = export().end();
        export.lines.subList(6, 9).clear();
        read(export);
        assertThat(faults)
                .anyMatch(fault -> fault.endsWith("seal 3 is where seal 2 must be"))
                .anyMatch(fault -> fault.endsWith("seal 3 names another seal before it than the one that is there"));
    }

    @Test
    void aMissingEndIsFound() {
        read(export());
        assertThat(faults).containsExactly("line 11: the export is cut off: its last line is missing");
    }

    @Test
    void whatIsLeftOutAtTheEndIsFoundByWhoKeptASeal() {
        String kept = export().lastSeal().hash();
        Export shorter = new Export().seal(new Amount(Export.ACME, "500")).end();
        check.expect(3, kept);
        read(shorter);
        assertThat(faults).containsExactly("line 5: seal 3 is expected and not there");
    }

    @Test
    void aLedgerThatWasWrittenAnewIsFoundByWhoKeptASeal() {
        check.expect(1, "0".repeat(64));
        Export export = export().end();
        read(export);
        assertThat(faults).hasSize(1).first().asString().contains("seal 1 is not the one that was expected");
    }

    @Test
    void keysMaySignOneAfterTheOther() {
        Export export = export().newKey().seal(new Amount(Export.ACME, "1")).end();
        read(export);
        assertThat(faults).isEmpty();
        assertThat(check.signers()).hasSize(2);
    }

    @Test
    void aKeyThatIsNotTrustedIsRefused() {
        Export export = export();
        check.trust(export.publicKey());
        read(export.newKey().seal(new Amount(Export.ACME, "1")).end());
        assertThat(faults).hasSize(1).first().asString().contains("seal 4 is signed by a key that is not trusted");
    }

    @Test
    void anotherSignatureIsRefused() {
        Export export = export().end();
        LedgerLine.Sealed first = (LedgerLine.Sealed) export.lines.get(2);
        LedgerLine.Sealed second = (LedgerLine.Sealed) export.lines.get(6);
        export.lines.set(2, new LedgerLine.Sealed(first.seal(), second.signature()));
        read(export);
        assertThat(faults).containsExactly("line 3: the signature of seal 1 is wrong");
    }

    @Test
    void aBalanceThatDoesNotFollowIsNamedAlthoughItWasSealedSo() {
        Export export = export();
        // sealed as it is, so that hashes alone would find nothing
        SealedEntry last = ((LedgerLine.Entry) export.lines.get(10)).entry();
        check.line(export.lines.get(0).text());
        check.line(export.lines.get(1).text());
        check.line(export.lines.get(2).text());
        check.line(new LedgerLine.Entry(
                        last, "again", ((LedgerLine.Entry) export.lines.get(10)).salt(), Sha256.hex(last.leafHash()))
                .text());
        assertThat(faults)
                .containsExactly(
                        "line 4: wallet " + Export.ACME + ", entry 4: is where entry 1 must be",
                        "line 4: wallet " + Export.ACME
                                + ", entry 4: the balance after it is not the one before and its amount");
    }
}
