import com.sun.source.util.JavacTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles each file by itself, in one process, and prints its errors: `file: line: what`. Writes no classes. */
final class CompileEach {
    public static void main(String[] arguments) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-cp", arguments[0]);
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            for (int at = 1; at < arguments.length; at++) {
                Path file = Path.of(arguments[at]);
                var found = new DiagnosticCollector<JavaFileObject>();
                var task = compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(file));
                ((JavacTask) task).analyze();
                for (var each : found.getDiagnostics())
                    if (each.getKind() == Diagnostic.Kind.ERROR)
                        System.out.println(
                                file + ": " + each.getLineNumber() + ": " + each.getMessage(Locale.ROOT).lines().findFirst().orElse(""));
            }
        }
    }
}
