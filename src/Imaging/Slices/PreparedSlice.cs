using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>The slice that was chosen and registered, ready for the generator, and how well it fits.</summary>
public sealed record PreparedSlice
{
    /// <summary>The map to the generator and back.</summary>
    public required MappedSlice Slice { get; init; }

    /// <summary>Index of the slice in its volume, from the feet.</summary>
    public required int SliceIndex { get; init; }

    /// <summary>How the deformation changes areas, and how exactly its inverse leads back.</summary>
    public required FieldQuality Deformation { get; init; }

    /// <summary>Raw units on the reference's grid, 256 x 256.</summary>
    public required Image Registered { get; init; }

    /// <summary>256 x 256 in [-1, 1], -1 outside the mask: what the generator sees.</summary>
    public required float[] Input { get; init; }

    public required double NccBefore { get; init; }

    public required double NccAfter { get; init; }

    /// <summary>NCC of the brain's pattern with the reference's: how well the level matches.</summary>
    public required double NccInside { get; init; }

    /// <summary>Overlap of the head with the reference's.</summary>
    public required double Dice { get; init; }

    /// <summary>Empty when the registration passed its gate.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Set when the slice was chosen out of a volume.</summary>
    public SliceChoice? Choice { get; init; }
}
