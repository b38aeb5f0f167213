namespace Gateway.Workshop.Pathology;

/// <summary>What a patient has; it may show as several findings.</summary>
public enum IllnessKind
{
    AcuteInfarct,
    OldInfarct,
    AcuteHaemorrhage,
    OldHaemorrhage,
    Tumour,
    Oedema,
    MultipleSclerosis,
    SmallVessel,
    AcuteSubdural,
    ChronicSubdural,
    Epidural,
    Subarachnoid,
    Craniotomy,
    Cyst,

    /// <summary>A tumour of the dura: outside the brain, as dense as grey matter or denser.</summary>
    Meningioma,

    /// <summary>Ventricles under pressure, with oedema around their horns.</summary>
    Hydrocephalus,

    /// <summary>A cavity under a bone flap.</summary>
    AfterSurgery,
}
