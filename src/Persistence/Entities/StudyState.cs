namespace Gateway.Persistence;

/// <summary>Whether more images of a study may still come.</summary>
public enum StudyState
{
    Receiving,
    Received,
}
