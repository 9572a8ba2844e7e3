package org.bursar.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration file of a running platform, as an operator edits it. */
record Edited(Path path, List<String> before) {
    /** Sets one key, in the file below {@code karaf.etc}. */
    static Edited file(String pid, String key, String value) throws IOException {
        Path path = Path.of(System.getProperty("karaf.etc"), pid + ".cfg");
        List<String> before = Files.readAllLines(path);
        List<String> lines = new ArrayList<>(before);
        lines.removeIf(line -> line.startsWith(key + " ") || line.startsWith(key + "="));
        lines.add(key + " = " + value);
        Files.write(path, lines);
        return new Edited(path, before);
    }

    void undo() throws IOException {
        Files.write(path, before);
    }
}
