use tokio::net::UdpSocket;

async fn read(socket: UdpSocket) {
    let (packets, arrived) = async_channel::unbounded(); // want high: channel grows per packet
    tokio::spawn(async move { while arrived.recv().await.is_ok() {} });
    let mut buffer = [0; 1500];
    loop {
        let (length, _) = socket.recv_from(&mut buffer).await.unwrap();
        packets.send(length).await.unwrap();
    }
}
