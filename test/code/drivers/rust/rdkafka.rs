//! The part of rdkafka's interface that the examples use: the crate itself compiles librdkafka for half a minute.

pub mod message {
    pub struct OwnedMessage;

    pub struct BorrowedMessage<'a>(pub &'a ());

    impl BorrowedMessage<'_> {
        pub fn detach(&self) -> OwnedMessage {
            OwnedMessage
        }
    }
}

pub mod consumer {
    use super::message::BorrowedMessage;
    use futures::stream::{self, Stream};

    #[derive(Debug)]
    pub struct KafkaError;

    pub enum CommitMode {
        Async,
    }

    pub struct StreamConsumer(());

    pub trait Consumer {
        fn commit_message(&self, message: &BorrowedMessage<'_>, mode: CommitMode) -> Result<(), KafkaError>;
    }

    impl StreamConsumer {
        pub async fn recv(&self) -> Result<BorrowedMessage<'_>, KafkaError> {
            Ok(BorrowedMessage(&self.0))
        }

        pub fn stream(&self) -> impl Stream<Item = Result<BorrowedMessage<'_>, KafkaError>> + Unpin + '_ {
            stream::iter(std::iter::repeat_with(|| Ok(BorrowedMessage(&self.0))))
        }
    }

    impl Consumer for StreamConsumer {
        fn commit_message(&self, _message: &BorrowedMessage<'_>, _mode: CommitMode) -> Result<(), KafkaError> {
            Ok(())
        }
    }
}
