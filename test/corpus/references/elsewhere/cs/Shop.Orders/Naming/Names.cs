namespace Shop.Orders.Naming;

public static class Queues
{
    public static readonly string Mail = "mail";
}

public static class Keys
{
    public const string Paid = "order.paid";
}
