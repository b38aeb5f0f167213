namespace Gateway.Workshop.Pathology;

/// <summary>What pathology has to know of a voxel.</summary>
public enum Place : byte
{
    /// <summary>Air around the head.</summary>
    Outside = 0,

    /// <summary>Skin, fat, muscle.</summary>
    Scalp = 1,

    Bone = 2,

    /// <summary>Air of sinuses, mastoid cells, nose and throat.</summary>
    AirCell = 3,

    Eye = 4,

    /// <summary>CSF of sulci, fissures and cisterns.</summary>
    SurfaceCsf = 5,

    Ventricle = 6,
    Cortex = 7,
    White = 8,

    /// <summary>Thalamus, caudate nucleus, putamen, hippocampus, amygdala.</summary>
    DeepGrey = 9,

    Pallidum = 10,
    CerebellarCortex = 11,
    CerebellarWhite = 12,
    Stem = 13,

    /// <summary>Dural sinuses, large vessels, falx, tentorium.</summary>
    Dura = 14,
}
