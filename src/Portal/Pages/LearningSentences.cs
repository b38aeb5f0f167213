using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>The words of the learning loop for people who read them without a manual.</summary>
internal static class LearningSentences
{
    public static string Job(TrainingJobState state) => state switch
    {
        TrainingJobState.Queued => "Waits for a trainer.",
        TrainingJobState.Running => "A trainer works on it.",
        TrainingJobState.Paused => "A person paused it; it goes on from its last checkpoint when one says so.",
        TrainingJobState.Done => "It ran to its end.",
        TrainingJobState.Failed => "Something went wrong; what it had made is kept.",
        _ => "A person ended it.",
    };

    public static string Model(ModelState state) => state switch
    {
        ModelState.Candidate => "It passed the gates and translates nothing yet.",
        ModelState.Shadow => "It translates live studies beside the champion; nothing of that leaves the house.",
        ModelState.Champion => "It makes the series of its direction.",
        ModelState.Retired => "It was the champion, and can be again.",
        _ => "The gates, or a person, said no.",
    };

    /// <summary>Who or what a job came from.</summary>
    public static string Asked(TrainingJob job) =>
        job.Trigger == TrainingTrigger.Person ? job.By : $"{job.By} ({Kebab.Of($"{job.Trigger}").Replace('-', ' ')})";

    public static string Vendor(ScannerVendor vendor) => vendor switch
    {
        ScannerVendor.Other => "other or not told",
        ScannerVendor.Ge => "GE",
        ScannerVendor.UnitedImaging => "United Imaging",
        _ => vendor.ToString(),
    };

    public static string Act(ModelActKind kind) => kind switch
    {
        ModelActKind.ShadowBegun => "Shadow begun",
        ModelActKind.ShadowEnded => "Shadow ended",
        ModelActKind.RolledBack => "Rolled back to",
        ModelActKind.Replayed => "Made anew by the champion",
        _ => kind.ToString(),
    };

    /// <summary>How a timeline marks an act.</summary>
    public static string Tone(ModelActKind kind) => kind switch
    {
        ModelActKind.Activated or ModelActKind.RolledBack => "good",
        ModelActKind.Rejected => "bad",
        _ => "",
    };
}
