using Gateway.Contracts.Trials;

namespace Gateway.Portal.Pages;

/// <summary>Figures of a trial for people.</summary>
internal static class Trials
{
    /// <summary>What a gate measures; empty for one that this version does not know.</summary>
    public static string Meaning(string gate) => TrialGateKind.All.FirstOrDefault(kind => kind.Name == gate)?.Meaning ?? "";

    public static string Number(double? value) => value is { } number && double.IsFinite(number) ? Scale.Number(number) : "–";

    public static string Interval(double? low, double? high) => low is null || high is null ? "" : $"[{Number(low)}, {Number(high)}]";

    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;
}
