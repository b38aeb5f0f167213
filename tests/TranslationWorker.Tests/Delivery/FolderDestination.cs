using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker.Tests;

/// <summary>What an entry of <c>Delivery:Destinations</c> says of a folder.</summary>
internal sealed class FolderDestination
{
    [Required]
    public string Path { get; init; } = "";
}
