"""The sub-pages of the Coach page in their order; a new one is a line here."""

from plumbline.ui.coach.clients_page import ClientsPage
from plumbline.ui.coach.course_page import CoursePage
from plumbline.ui.coach.learn_page import LearnPage
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.coach.therapies_page import TherapiesPage
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.coach.visit_page import VisitPage

SUB_PAGES: tuple[type[SubPage], ...] = (
    TodayPage,
    PlanPage,
    SessionPage,
    CoursePage,
    TherapiesPage,
    LearnPage,
    VisitPage,
    ClientsPage,
)
