using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>Whether an image makes its study urgent.</summary>
internal static class UrgencyRule
{
    public const string Caller = "caller";
    public const string StorePriority = "c-store-priority";
    public const string ProcedurePriority = "requested-procedure-priority";

    /// <returns>The rule that says so; null: none does.</returns>
    public static string? Decide(ArrivedObject arrived) => arrived.Sender.Caller.Urgency switch
    {
        CallerUrgency.Never => null,
        CallerUrgency.Always => Caller,
        _ when arrived.Request.IsHigh => StorePriority,
        // PS3.3 C.4.11: STAT, HIGH, ROUTINE, MEDIUM, LOW
        _ => arrived.Header.GetText(HeaderTag.RequestedProcedurePriority) is "STAT" or "HIGH" ? ProcedurePriority : null,
    };
}
