namespace Gateway.Workshop.LabelHeads;

/// <summary>What a voxel of a label-map head is made of. Its number is the grey of <c>NAME.tissue.png</c>.</summary>
internal enum HeadTissue : byte
{
    /// <summary>Around the head.</summary>
    Outside = 0,

    /// <summary>Sinuses, mastoid cells, airways.</summary>
    Air = 1,
    WhiteMatter = 2,
    Cortex = 3,

    /// <summary>Caudate, putamen, accumbens.</summary>
    Striatum = 4,
    Thalamus = 5,
    Pallidum = 6,

    /// <summary>Brain stem and ventral diencephalon.</summary>
    BrainStem = 7,
    CerebellarWhite = 8,
    CerebellarCortex = 9,

    /// <summary>Hippocampus and amygdala.</summary>
    Limbic = 10,
    Ventricle = 11,

    /// <summary>CSF outside the ventricles.</summary>
    Csf = 12,

    /// <summary>White matter that the label map itself marks as changed by age.</summary>
    AgedWhite = 13,
    Plexus = 14,
    Vitreous = 15,
    Lens = 16,

    /// <summary>Optic nerves and chiasm, spinal cord.</summary>
    Nerve = 17,
    Muscle = 18,
    Fat = 19,
    Skin = 20,

    /// <summary>Lining of the nose.</summary>
    Mucosa = 21,
    CorticalBone = 22,
    Marrow = 23,

    /// <summary>Sinuses of the dura and large veins.</summary>
    Vein = 24,
    Artery = 25,

    /// <summary>Falx, tentorium and the lining of the skull.</summary>
    Dura = 26,

    /// <summary>CSF beside the cortex: how much of it is cortex differs by age.</summary>
    CsfAtCortex = 27,

    /// <summary>CSF beside the skull: how much of it is dura and bridging veins differs.</summary>
    CsfAtBone = 28,

    /// <summary>Cortex beside CSF: lost in old heads.</summary>
    CortexAtCsf = 29,

    /// <summary>White matter beside the ventricles: lost, or bright on T2, in old heads.</summary>
    WhiteAtVentricle = 30,
}
