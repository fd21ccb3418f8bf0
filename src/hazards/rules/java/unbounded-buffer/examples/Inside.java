package examples.buffer;

import io.reactivex.rxjava3.core.Flowable;

class Inside {
    Flowable<Integer> buffered(Flowable<Integer> ticks) {
        return ticks.onBackpressureBuffer(); // want low: buffer without a size
    }

    Flowable<Integer> latest(Flowable<Integer> ticks) {
        return ticks.onBackpressureLatest(); // nothing
    }
}
