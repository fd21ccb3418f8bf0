package examples.prefetch.artemis;

import jakarta.jms.ConnectionFactory;

class Artemis {
    static final String ENDLESS = "tcp://localhost:61616?consumerWindowSize=-1"; // want high: no prefetch
    static final String ONE_BY_ONE = "tcp://localhost:61616?consumerWindowSize=0"; // nothing
    static final String CLASSIC = "tcp://localhost:61616?jms.prefetchPolicy.all=0"; // nothing

    interface Factory extends ConnectionFactory {
        void setConsumerWindowSize(int bytes);
    }

    void connect(Factory factory) {
        factory.setConsumerWindowSize(-1); // want high: no prefetch
        factory.setConsumerWindowSize(1024); // nothing
    }
}
