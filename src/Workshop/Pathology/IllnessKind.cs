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
}
