namespace Gateway.VolumeRegistration;

/// <summary>Which linear maps are looked for.</summary>
internal enum LinearFreedom
{
    /// <summary>Rotation, translation, one scale: 7 numbers.</summary>
    Similarity,

    /// <summary>Rotation, translation, a scale along each axis of the patient: 9 numbers.</summary>
    ThreeScales,

    /// <summary>All 12 numbers.</summary>
    Affine,
}
