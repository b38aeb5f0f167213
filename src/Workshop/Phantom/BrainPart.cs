namespace Gateway.Workshop.Phantom;

/// <summary>Parts of the phantom's brain that consist of the same tissues.</summary>
internal enum BrainPart
{
    Cerebrum = 0,
    Cerebellum = 1,
    Stem = 2,
    Ventricle = 3,
}
