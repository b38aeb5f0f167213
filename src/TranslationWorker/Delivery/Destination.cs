using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>Where derived series go, as every protocol has it; what a protocol wants to know beside this it reads from the same entry of the
/// configuration.</summary>
public sealed class Destination
{
    [Required]
    public string Name { get; init; } = "";

    /// <summary><see cref="IDeliverer.Protocol"/> of the deliverer that sends to it.</summary>
    [Required]
    public string Protocol { get; init; } = "CStore";
}
