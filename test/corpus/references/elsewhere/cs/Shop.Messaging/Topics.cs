namespace Shop.Messaging;

public static class Topics
{
    public const string Orders = "orders";

    public static class Groups
    {
        public const string Billing = "billing";
    }
}
