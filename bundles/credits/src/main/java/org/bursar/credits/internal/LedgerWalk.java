package org.bursar.credits.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bursar.credits.LedgerVerification;
import org.bursar.credits.internal.sql.CapMapper;
import org.bursar.credits.internal.sql.WalkedWallet;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Walks the wallets a page at a time, so that a large ledger is proven without one long transaction. */
@Component(service = LedgerVerification.class)
public final class LedgerWalk implements LedgerVerification {
    private static final int PAGE = 100;

    private final Database database;
    private final WalletMapper wallets;
    private final CapMapper caps;

    @Activate
    public LedgerWalk(@Reference Database database) {
        this.database = database;
        wallets = database.mapper("credits", WalletMapper.class);
        caps = database.mapper("credits", CapMapper.class);
    }

    @Override
    public Report verify(Scope scope) {
        List<Fault> faults = new ArrayList<>();
        long walked = 0;
        long entries = 0;
        UUID after = WalletMapper.BEFORE_ALL;
        while (true) {
            List<WalkedWallet> page = page(scope, after);
            for (WalkedWallet wallet : page) {
                check(wallet, faults);
                walked++;
                entries += wallet.entries();
                after = wallet.customer().uuid();
            }
            if (page.size() < PAGE) {
                checkCaps(scope, faults);
                return new Report(walked, entries, faults);
            }
        }
    }

    private void checkCaps(Scope scope, List<Fault> faults) {
        for (CapMapper.WrongCap cap : database.transact(scope, () -> caps.wrong(scope.tenant(), PAGE))) {
            faults.add(new Fault(
                    cap.customer(),
                    "of the cap of " + cap.user() + " " + Decimals.text(cap.held())
                            + " is held, the rests of the user's open holds sum to " + Decimals.text(cap.openRests())));
        }
    }

    private List<WalkedWallet> page(Scope scope, UUID after) {
        return database.transact(scope, () -> wallets.walk(scope.tenant(), after, PAGE));
    }

    private static void check(WalkedWallet wallet, List<Fault> faults) {
        CustomerId customer = wallet.customer();
        if (wallet.balance().compareTo(wallet.total()) != 0) {
            faults.add(new Fault(
                    customer,
                    "balance is " + Decimals.text(wallet.balance()) + ", its entries sum to "
                            + Decimals.text(wallet.total())));
        }
        if (wallet.lastSeq() != wallet.entries()) {
            faults.add(new Fault(
                    customer, "last entry is number " + wallet.lastSeq() + ", there are " + wallet.entries()));
        }
        if (wallet.firstGap() != null) {
            faults.add(new Fault(customer, "the numbers have a gap before entry " + wallet.firstGap()));
        }
        if (wallet.firstBreak() != null) {
            faults.add(new Fault(
                    customer,
                    "the balance after entry " + wallet.firstBreak() + " is not the sum of the entries up to it"));
        }
        if (wallet.held().compareTo(wallet.openRests()) != 0) {
            faults.add(new Fault(
                    customer,
                    "held is " + Decimals.text(wallet.held()) + ", the rests of open holds sum to "
                            + Decimals.text(wallet.openRests())));
        }
        checkLots(wallet, faults);
    }

    private static void checkLots(WalkedWallet wallet, List<Fault> faults) {
        CustomerId customer = wallet.customer();
        if (wallet.lots() != wallet.grants()) {
            faults.add(new Fault(
                    customer, "there are " + wallet.lots() + " lots for " + wallet.grants() + " positive entries"));
        }
        if (wallet.firstUnlike() != null) {
            faults.add(new Fault(customer, "lot " + wallet.firstUnlike() + " is not what its entry added"));
        }
        if (wallet.firstUnposted() != null) {
            faults.add(new Fault(
                    customer,
                    "what expired of lot " + wallet.firstUnposted() + " is not what its entries of expiry took"));
        }
        if (wallet.remaining().compareTo(wallet.balance()) < 0) {
            faults.add(new Fault(
                    customer,
                    "the lots hold " + Decimals.text(wallet.remaining()) + ", less than the balance of "
                            + Decimals.text(wallet.balance())));
        }
    }
}
