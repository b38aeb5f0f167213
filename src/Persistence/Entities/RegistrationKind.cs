namespace Gateway.Persistence;

/// <summary>How a slice was brought onto the reference brain.</summary>
public enum RegistrationKind
{
    Linear,
    Deformable,
}
