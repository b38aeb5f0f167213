using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>A place that derived series are sent to: the settings that every protocol has. A protocol reads its own settings from the same
/// entry of the configuration.</summary>
public sealed class Destination
{
    [Required]
    public string Name { get; init; } = "";

    /// <summary><see cref="IDeliverer.Protocol"/> of the deliverer that sends to it.</summary>
    [Required]
    public string Protocol { get; init; } = "CStore";
}
