import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Checks what was deployed: that each artifact has all that the registry asks of a release, and nothing else. */
final class CheckRepository {
    private static final String VERSION = "0.1.0";
    private static final int JAVA_11 = 55;
    private static final List<String> POM_ELEMENTS =
        List.of("name", "description", "url", "licenses", "developers", "scm");

    public static void main(String[] arguments) throws IOException {
        Path group = Path.of(arguments[0]);
        checkPom(Files.readString(file(group, "parent", ".pom")));
        for (String artifact : List.of("signer", "okhttp", "servlet")) {
            try (JarFile jar = new JarFile(file(group, artifact, ".jar").toFile())) {
                checkClasses(jar);
            }
            requireEntry(file(group, artifact, "-sources.jar"), ".java");
            requireEntry(file(group, artifact, "-javadoc.jar"), "/package-summary.html");
        }
    }

    private static Path file(Path group, String artifact, String ending) {
        String name = "countersign-" + artifact;
        Path file = group.resolve(name).resolve(VERSION).resolve(name + '-' + VERSION + ending);
        require(Files.exists(Path.of(file + ".sha1")), file + " was not deployed with its checksum");
        return file;
    }

    /** The other artifacts inherit these from their parent. */
    private static void checkPom(String pom) {
        for (String element : POM_ELEMENTS) {
            require(pom.contains("<" + element + ">"), "the parent has no " + element);
        }
    }

    private static void checkClasses(JarFile jar) throws IOException {
        var names = jar.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
        require(names.contains("META-INF/LICENSE"), jar.getName() + " has no license");
        require(names.contains("module-info.class")
            || jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null,
            jar.getName() + " is no module");
        for (String name : names) {
            boolean isExpected = name.startsWith("META-INF/") || name.endsWith("/") || name.endsWith(".class");
            require(isExpected, jar.getName() + " has " + name);
            if (name.endsWith(".class")) {
                checkRelease(jar, name);
            }
        }
    }

    private static void checkRelease(JarFile jar, String name) throws IOException {
        try (InputStream bytes = jar.getInputStream(jar.getEntry(name))) {
            byte[] head = bytes.readNBytes(8);
            require(head[7] == JAVA_11, name + " is not for Java 11");
        }
    }

    private static void requireEntry(Path file, String ending) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            require(jar.stream().anyMatch(entry -> entry.getName().endsWith(ending)),
                file + " has no " + ending);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
