namespace Gateway.Imaging.Modalities;

/// <summary>The two kinds of picture the gateway translates between.</summary>
public enum Modality
{
    T2,
    Ct,
}
