package examples.spawn;

class Seldom {
    static void send(String message) {
        new Thread(() -> print(message)).start(); // want low: one task per message
    }

    static void forkWriter(String message) {
        new Thread(() -> print(message)).start(); // nothing: as many as the program forks
    }

    static void sendCritical(String message) {
        new Thread(() -> print(message)).start(); // nothing: seldom
    }

    private static void print(String message) {
        System.err.println(message);
    }
}
