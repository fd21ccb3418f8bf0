package examples.kept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

class CaptureFilter {
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private final StringBuilder output = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder few = new StringBuilder();

    public void store(byte[] content) throws IOException {
        contents.write(content); // want low: kept per call, never emptied
    }

    public void outputAltered(ByteArrayInputStream event) {
        String text = event.toString();
        output.append(text); // want low: kept per call, never emptied
        few.append("."); // nothing
    }

    public void characters(String text) {
        line.append(text); // nothing
        if (text.endsWith("\n")) {
            line.setLength(0);
        }
    }
}

class QueryText {
    private final StringBuilder sql = new StringBuilder();

    public void where(String condition) {
        sql.append(condition); // nothing
    }
}

class Unpacking {
    static byte[] gunzip(byte[] packed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in = null;
        try {
            in = new GZIPInputStream(new ByteArrayInputStream(packed));
            byte[] chunk = new byte[4096];
            int count;
            while ((count = in.read(chunk)) != -1) {
                out.write(chunk, 0, count); // want low: holds all that is read
            }
        } finally {
            in.close();
        }
        return out.toByteArray();
    }

    static byte[] gunzip(byte[] packed, int maxLength) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed));
        byte[] chunk = new byte[4096];
        int count;
        while ((count = in.read(chunk)) != -1 && out.size() < maxLength) {
            out.write(chunk, 0, count); // nothing
        }
        return out.toByteArray();
    }
}
