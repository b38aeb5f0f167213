namespace Gateway.Workshop.Pathology;

/// <summary>What a finding is. The numbers are the greys of <c>NAME.finding.png</c>; 0 there means that there is none. They never
/// change their meaning.</summary>
public enum FindingKind : byte
{
    None = 0,

    /// <summary>Vasogenic oedema, in white matter alone.</summary>
    Oedema = 1,

    /// <summary>Infarct of hours to days: the grey of cortex and white matter meet.</summary>
    AcuteInfarct = 2,

    /// <summary>Cavity that an infarct left, nearly CSF, with a scar around it.</summary>
    OldInfarct = 3,

    /// <summary>Haematoma of hours to days in the brain.</summary>
    AcuteBlood = 4,

    /// <summary>Haematoma of weeks, with a rim of haemosiderin.</summary>
    OldBlood = 5,

    MultipleSclerosis = 6,

    /// <summary>Chronic small-vessel disease: caps at the horns, a rim along the ventricles, patches.</summary>
    SmallVessel = 7,

    /// <summary>Solid part of a tumour.</summary>
    Tumour = 8,

    /// <summary>Cyst of a tumour or of the arachnoid.</summary>
    Cyst = 9,

    /// <summary>Of the pineal gland, choroid plexus, falx or pallidum.</summary>
    Calcification = 10,

    AcuteSubdural = 11,
    ChronicSubdural = 12,
    Epidural = 13,

    /// <summary>Blood in sulci and cisterns.</summary>
    Subarachnoid = 14,

    Ventricular = 15,

    /// <summary>Bone that an operation took away or sawed through.</summary>
    Craniotomy = 16,

    /// <summary>Air cells or a sinus filled with mucosa or fluid.</summary>
    OpacifiedSinus = 17,
}
