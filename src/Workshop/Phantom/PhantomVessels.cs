namespace Gateway.Workshop.Phantom;

/// <summary>Groups of vessels.</summary>
[Flags]
public enum PhantomVessels
{
    None = 0,

    /// <summary>Carotid siphons, basilar artery and circle of Willis, within 15 mm of the base of the skull.</summary>
    Base = 1,

    /// <summary>Middle, anterior and posterior cerebral arteries.</summary>
    Branches = 2,

    /// <summary>Internal cerebral veins, vein of Galen and straight sinus.</summary>
    DeepVeins = 4,

    /// <summary>Superior sagittal and transverse sinuses.</summary>
    Sinuses = 8,

    All = Base | Branches | DeepVeins | Sinuses,
}
