using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;

namespace Gateway.TranslationWorker;

/// <summary>Results that a destination takes: those of which everything is true that is said here.</summary>
public sealed class DeliveryRule : IValidatableObject
{
    /// <summary>Who brought an image that the result was made from.</summary>
    [RegularExpression("^[!-~]([ -~]{0,14}[!-~])?$")]
    public string? CallingAe { get; init; }

    /// <summary>Modality (0008,0060) of the result.</summary>
    public string? Modality { get; init; }

    /// <summary>As <c>t2-ct</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Series Description (0008,103E) of what the result was made from, upper and lower case alike; <c>*</c> is any text,
    /// <c>?</c> any character.</summary>
    public string? Description { get; init; }

    public GateResult? Gate { get; init; }

    public bool Matches(DeliveryFacts result) =>
        (CallingAe is null || result.CallingAes.Contains(CallingAe))
        && (Modality is null || result.Modality == Modality)
        && (Direction is null || result.Direction == Direction)
        && (Description is null || FileSystemName.MatchesSimpleExpression(Description, result.Description, ignoreCase: true))
        && (Gate is null || result.Gate == Gate);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CallingAe is null && Modality is null && Direction is null && Description is null && Gate is null)
            yield return new("A rule of Takes says something: CallingAe, Modality, Direction, Description or Gate.");
        if (Gate is { } gate && !Enum.IsDefined(gate))
            yield return new("Gate is Passed or Released.", [nameof(Gate)]);
    }
}
