namespace Gateway.TranslationWorker;

/// <summary>Why images are rejected: the titles of Key Object Selection Documents that say so (PS3.16 CID 7010, IHE IOCM).</summary>
/// <param name="Code">Of DCM.</param>
/// <param name="Meaning">As the standard has it; at most 64 characters.</param>
public sealed record RejectionTitle(string Code, string Meaning)
{
    /// <summary>Also for what a newer result replaces, which has no title of its own.</summary>
    public static readonly RejectionTitle Quality = new("113001", "Rejected for Quality Reasons");

    public static readonly RejectionTitle Safety = new("113037", "Rejected for Patient Safety Reasons");

    /// <summary>For what was made under another patient.</summary>
    public static readonly RejectionTitle Worklist = new("113038", "Incorrect Modality Worklist Entry");

    public static readonly RejectionTitle Retention = new("113039", "Data Retention Policy Expired");

    private static readonly RejectionTitle[] All = [Quality, Safety, Worklist, Retention];

    /// <returns>Null: a title that rejects nothing.</returns>
    public static RejectionTitle? Of(string code) => Array.Find(All, title => title.Code == code);
}
