use std::net::UdpSocket;
use std::thread;

fn read(socket: UdpSocket) {
    let (packets, arrived) = crossbeam_channel::unbounded(); // want high: channel grows per packet
    thread::spawn(move || for length in arrived {
        println!("{length}");
    });
    let mut buffer = [0; 1500];
    loop {
        let (length, _) = socket.recv_from(&mut buffer).unwrap();
        packets.send(length).unwrap();
    }
}
