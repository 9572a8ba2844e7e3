package org.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LeafHashesTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The tree that Certificate Transparency's own tests have, from one leaf to eight. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static LeafHashes tree(int size) {
        return LeafHashes.of(IntStream.range(0, size)
                .mapToObj(i -> LeafHashes.leaf(("leaf " + i).getBytes(StandardCharsets.US_ASCII)))
                .toList());
    }

    private static boolean proves(LeafHashes tree, byte[] leaf, long index, long size, List<byte[]> path) {
        Optional<byte[]> root = LeafHashes.root(leaf, index, size, path);
        return root.isPresent() && MessageDigest.isEqual(root.get(), tree.root());
    }

    @Test
    void theRootsAreThoseOfCertificateTransparency() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            LeafHashes tree = LeafHashes.of(LEAVES.subList(0, size).stream()
                    .map(leaf -> LeafHashes.leaf(HEX.parseHex(leaf)))
                    .toList());
            assertThat(HEX.formatHex(tree.root())).as("%s leaves", size).isEqualTo(ROOTS.get(size - 1));
        }
        assertThat(HEX.formatHex(LeafHashes.of(List.of()).root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void theAuditPathsAreThoseOfCertificateTransparency() {
        LeafHashes tree = LeafHashes.of(
                LEAVES.stream().map(leaf -> LeafHashes.leaf(HEX.parseHex(leaf))).toList());
        assertThat(tree.path(0).stream().map(HEX::formatHex))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(tree.path(5).stream().map(HEX::formatHex))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void everyLeafOfEveryTreeUpTo300HasAProof() {
        for (int size = 1; size <= 300; size++) {
            LeafHashes tree = tree(size);
            for (int leaf = 0; leaf < size; leaf++) {
                assertThat(proves(tree, tree.get(leaf), leaf, size, tree.path(leaf)))
                        .as("leaf %s of %s", leaf, size)
                        .isTrue();
            }
        }
    }

    /** With another index or size the path leads elsewhere, or nowhere; with both it may be the same way in another tree. */
    @Property(tries = 300)
    void anotherIndexIsRefused(
            @ForAll @IntRange(min = 2, max = 300) int size,
            @ForAll @IntRange(max = 299) int at,
            @ForAll @IntRange(max = 310) int index) {
        LeafHashes tree = tree(size);
        int leaf = at % size;
        assertThat(proves(tree, tree.get(leaf), index, size, tree.path(leaf))).isEqualTo(index == leaf);
    }

    @Property(tries = 300)
    void aChangedLeafOrPathIsRefused(
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(max = 299) int at,
            @ForAll @IntRange(max = 255) int bit,
            @ForAll @IntRange(max = 20) int step) {
        LeafHashes tree = tree(size);
        int leaf = at % size;
        byte[] other = tree.get(leaf);
        other[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(proves(tree, other, leaf, size, tree.path(leaf))).isFalse();
        List<byte[]> path = new ArrayList<>(tree.path(leaf));
        if (!path.isEmpty()) {
            byte[] sibling = path.get(step % path.size()).clone();
            sibling[bit / 8] ^= (byte) (1 << bit % 8);
            path.set(step % path.size(), sibling);
            assertThat(proves(tree, tree.get(leaf), leaf, size, path)).isFalse();
            path.remove(step % path.size());
            assertThat(proves(tree, tree.get(leaf), leaf, size, path)).isFalse();
        }
        path = new ArrayList<>(tree.path(leaf));
        path.add(tree.get(leaf));
        assertThat(proves(tree, tree.get(leaf), leaf, size, path)).isFalse();
    }

    /** A size of which the path's length is another; what has the same shape for this leaf is stopped by the signed size. */
    @Property(tries = 300)
    void aSizeOfAnotherDepthIsRefused(
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll @IntRange(max = 299) int at,
            @ForAll @IntRange(min = 1, max = 600) int other) {
        LeafHashes tree = tree(size);
        int leaf = at % size;
        List<byte[]> path = tree.path(leaf);
        boolean sameDepth = leaf < other && tree(other).path(leaf).size() == path.size();
        if (!sameDepth) {
            assertThat(proves(tree, tree.get(leaf), leaf, other, path)).isFalse();
        }
    }

    @Test
    void aNodeIsNoLeaf() {
        LeafHashes tree = tree(4);
        byte[] left = LeafHashes.of(List.of(tree.get(0), tree.get(1))).root();
        byte[] right = LeafHashes.of(List.of(tree.get(2), tree.get(3))).root();
        // without different first bytes the tree of two nodes would be the tree of their leaves
        byte[] joined = new byte[64];
        System.arraycopy(left, 0, joined, 0, 32);
        System.arraycopy(right, 0, joined, 32, 32);
        assertThat(LeafHashes.leaf(joined)).isNotEqualTo(tree.root());
    }
}
