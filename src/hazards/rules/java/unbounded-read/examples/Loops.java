package examples.read;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URL;

class Loops {
    static String fetch(String url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        BufferedReader reader = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        StringBuilder answer = new StringBuilder();
        String line;
        while ((line = reader.readLine()) != null) {
            answer.append(line); // want low: reads all there is
            answer.append("\n"); // nothing
        }
        return answer.toString();
    }

    static String version() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL("https://example.com/version").openConnection();
        BufferedReader reader = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        StringBuilder answer = new StringBuilder();
        String line;
        while ((line = reader.readLine()) != null) {
            answer.append(line); // nothing
        }
        return answer.toString();
    }

    static String settings(String path) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(new FileInputStream(path)));
        StringBuilder text = new StringBuilder();
        String line;
        while ((line = reader.readLine()) != null) {
            text.append(line); // nothing
        }
        return text.toString();
    }

    void deliver(String from, InputStream data) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        int current;
        while ((current = data.read()) >= 0) {
            mail.write(current); // want low: reads all there is
        }
    }
}

class PageDownloader {
    byte[] kept(InputStream page) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        for (int count = 0; (count = page.read(chunk)) != -1; ) {
            all.write(chunk, 0, count); // want low: reads all there is
        }
        return all.toByteArray();
    }

    byte[] keptInPart(InputStream page, int maxLength) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        for (int count = 0; (count = page.read(chunk)) != -1 && all.size() < maxLength; ) {
            all.write(chunk, 0, count); // nothing
        }
        return all.toByteArray();
    }
}
