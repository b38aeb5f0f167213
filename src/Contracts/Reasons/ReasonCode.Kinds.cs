namespace Gateway.Contracts.Reasons;

/// <summary>What each kind of entry stops, and how.</summary>
public sealed partial class ReasonCode
{
    private static ReasonCode Association(string name, string rejection, string meaning) =>
        new(name, $"association, {rejection}", false, meaning);

    private static ReasonCode Object(string name, string status, string meaning) => new(name, $"object, {status}", false, meaning);

    private static ReasonCode Ineligible(string name, string meaning) => new(name, "series, ineligible", false, meaning);

    private static ReasonCode Held(string name, string meaning) => new(name, "series, held", true, meaning);

    private static ReasonCode HeldForGood(string name, string meaning) => new(name, "series, held for good", false, meaning);

    private static ReasonCode Failed(string name, string meaning) => new(name, "series, failed", false, meaning);

    private static ReasonCode Training(string name, string meaning) => new(name, "training job", false, meaning);

    private static ReasonCode Parked(string name, string meaning) => new(name, "failure", false, meaning);

    private static ReasonCode Model(string name, string meaning) => new(name, "model, rejected", false, meaning);

    /// <summary>Null for the code of another version, or for the kind of an error.</summary>
    public static ReasonCode? Find(string name) => Table.GetValueOrDefault(name);
}
