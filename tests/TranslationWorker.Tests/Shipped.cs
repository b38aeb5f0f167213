namespace Gateway.TranslationWorker.Tests;

/// <summary>The directions of the shipped models.</summary>
internal static class Shipped
{
    public static Direction T2ToCt => ShippedModalities.T2.Direction;

    public static Direction CtToT2 => ShippedModalities.Ct.Direction;
}
