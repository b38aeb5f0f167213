namespace Gateway.Workshop.Phantom;

/// <summary>The tissue at a point of the phantom. Its value is the label in label images, and the index of the tissue's fraction.</summary>
public enum Tissue : byte
{
    Air = 0,
    Skin = 1,
    Fat = 2,
    Muscle = 3,
    CorticalBone = 4,
    Diploe = 5,
    Csf = 6,
    GreyMatter = 7,
    WhiteMatter = 8,

    /// <summary>Thalamus, caudate nucleus and putamen.</summary>
    DeepGrey = 9,
    Pallidum = 10,

    /// <summary>Falx cerebri and tentorium.</summary>
    Dura = 11,

    /// <summary>Flowing venous blood of the dural sinuses.</summary>
    Blood = 12,
    Calcification = 13,
    Vitreous = 14,
    Lens = 15,
}
