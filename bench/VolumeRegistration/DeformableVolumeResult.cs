using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>How a volume's anatomy lies on another's: the field on the fixed grid, then the linear map.</summary>
public sealed record DeformableVolumeResult
{
    /// <summary>Fixed patient mm (LPS) to moving patient mm, applied after the field.</summary>
    public required AffineTransform3D FixedToMoving { get; init; }

    /// <summary>On the fixed volume's grid.</summary>
    public required DisplacementField3D Field { get; init; }

    /// <summary>Mean squared local correlation at the finest level that was run, 0..1, before its first and after its last step.</summary>
    public required double CorrelationBefore { get; init; }

    public required double CorrelationAfter { get; init; }

    /// <summary>Steps taken on each level, coarse to fine.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>Where a voxel of the fixed grid lies in the moving patient, mm.</summary>
    /// <param name="fixedVolume">The grid.</param>
    /// <param name="voxel">Its indices, between voxels too.</param>
    public Vector3D ToMoving(VoxelVolume fixedVolume, Vector3D voxel) =>
        FixedToMoving.Apply(fixedVolume.ToPatient.Apply(voxel + Field.At(voxel)));
}
